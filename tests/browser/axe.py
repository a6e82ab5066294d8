"""What axe has to say of a page. Its contrast rule, the slowest, is given only texts drawn as none was before.

Contrast follows from a text's colour and size and from what lies behind it. Most pages share their frame, and the rows
of a table are alike: few texts of a page are drawn in a way that no page before it had.
"""

from __future__ import annotations

import typing

from axe_playwright_python.base import AXE_SCRIPT

if typing.TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

# How each text of the page is drawn: itself, and those of the elements around it that are more than transparent.
LOOKS = """
    () => {
        const values = (element, names) => names.map(name => getComputedStyle(element)[name]).join(" ");
        const layer = ["backgroundColor", "backgroundImage", "opacity", "filter", "position", "clipPath", "clip"];
        const transparent = "rgba(0, 0, 0, 0) none 1 none static none auto";
        const grounds = new Map([[null, `${innerWidth}`]]);
        const ground = (element) => {
            if (!grounds.has(element)) {
                const own = values(element, layer);
                grounds.set(element, ground(element.parentElement) + (own === transparent ? "" : ` on ${own}`));
            }
            return grounds.get(element);
        };
        const look = (element) => `${element.localName}.${element.className} `
            + `${values(element, ["color", "fontSize", "fontWeight", "textShadow"])} in ${ground(element)}`;
        const hasText = (element) => element.matches("input, select, textarea")
            || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
        const exempt = ":disabled, [aria-disabled=true], [aria-disabled=true] *";
        window.texts = [...document.querySelectorAll("body *")].filter(element => !element.matches(exempt)
            && hasText(element) && element.checkVisibility({opacityProperty: true, visibilityProperty: true}));
        return window.texts.map(look);
    }
"""
# Without `preload`, which asks for each @import again, as if it stood in the page: hundreds of addresses that are none.
FINDINGS = """
    async (numbers) => {
        const mark = "data-drawn-anew";
        numbers.forEach(number => window.texts[number].setAttribute(mark, number));
        axe.configure({rules: [{id: "color-contrast", selector: `[${mark}]`}]});
        const found = await axe.run({resultTypes: ["violations", "incomplete"], preload: false, elementRef: true});
        const contrast = found.incomplete.filter(one => one.id === "color-contrast");
        const undecided = contrast.flatMap(one => one.nodes.map(node => Number(node.element.getAttribute(mark))));
        numbers.forEach(number => window.texts[number].removeAttribute(mark));
        return [undecided, found.violations.map(one =>
            `${one.id}: ${JSON.stringify(one.nodes.slice(0, 3).map(node => node.target))} ${one.help}`)];
    }
"""
SEEN: set[str] = set()


def put_into(context: BrowserContext) -> None:
    """Have axe in every page of a browser profile; to hand it over page by page takes longer."""
    context.add_init_script(AXE_SCRIPT)


def findings(page: Page) -> list[str]:
    """Return what axe has to say of the page as it stands. A text it could not decide on is looked at again elsewhere."""
    looks: list[str] = page.evaluate(LOOKS)
    first = {look: number for number, look in reversed(list(enumerate(looks))) if look not in SEEN}
    undecided, found = page.evaluate(FINDINGS, sorted(first.values()))
    SEEN.update(look for look, number in first.items() if number not in undecided)
    return list(found)
