from django.urls import path

from tilth.chapters.messages import views

app_name = "messages"
urlpatterns = [
    path("", views.index, name="index"),
    path("new", views.new, name="new"),
    path("about/<uuid:message_id>", views.about, name="about"),
    path("<uuid:thread_id>/", views.one, name="one"),
    path("<uuid:thread_id>/withdraw/<uuid:message_id>", views.withdraw, name="withdraw"),
]
