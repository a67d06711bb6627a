"""Meetings: a rhythm both can rely on (F2), and being fully there (C4).

Signing an agreement lays its meetings. They are moved with notice, joined by extra ones at times that suit both,
prepared with an agenda of both, held or not, and looked back on with one private question.
"""
