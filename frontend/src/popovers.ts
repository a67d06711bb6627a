// A sheet or a menu closes when the focus leaves it: it would stay over what one goes on to. Escape is the browser's own.
const opened = () => document.querySelectorAll<HTMLElement>("[popover]:popover-open");

document.addEventListener("focusin", ({ target }) => {
  for (const open of opened())
    if (target instanceof Element && !open.contains(target) && !isPressed(target, open)) open.hidePopover();
});

/** Out of the page, as Tab goes after the last of it; whoever only looks at another window still has the focus here. */
document.addEventListener("focusout", ({ target, relatedTarget }) => {
  for (const open of opened())
    if (relatedTarget === null && open.contains(target as Node) && document.activeElement !== target)
      open.hidePopover();
});

/** Under a pointer its own button closes it by itself, and would open it again where it is closed before. */
const isPressed = (button: Element, open: HTMLElement): boolean =>
  button.getAttribute("popovertarget") === open.id && !button.matches(":focus-visible");
