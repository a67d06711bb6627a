// What every page loads: htmx, the vault and the elements.
import "htmx.org/dist/htmx.esm.js";
