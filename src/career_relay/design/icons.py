"""Our own line icons: one stroke of 1.5 on a grid of 20, drawn in the current colour."""

from __future__ import annotations

from typing import Final

ICONS: Final[dict[str, str]] = {
    "alert": '<path d="M10 3 18 16.5H2z"/><path d="M10 8.2v3.6"/><path d="M10 14.2v.1"/>',
    "arrow-down": '<path d="M10 4v12M5.5 11.5 10 16l4.5-4.5"/>',
    "arrow-right": '<path d="M4 10h12M11.5 5.5 16 10l-4.5 4.5"/>',
    "arrow-up": '<path d="M10 16V4M5.5 8.5 10 4l4.5 4.5"/>',
    "bell": ('<path d="M5 13.5V9a5 5 0 0 1 10 0v4.5l1.5 1.5h-13z"/><path d="M8.2 15.2a1.9 1.9 0 0 0 3.6 0"/>'),
    "briefcase": (
        '<rect x="2.5" y="6" width="15" height="10.5" rx="1.5"/>'
        '<path d="M7 6V4.5A1.5 1.5 0 0 1 8.5 3h3A1.5 1.5 0 0 1 13 4.5V6M2.5 10.5h15M10 9.7v1.8"/>'
    ),
    "building": (
        '<path d="M4 17V4.5A1.5 1.5 0 0 1 5.5 3h6A1.5 1.5 0 0 1 13 4.5V17M13 8h2.5A1.5 1.5 0 0 1 17 9.5V17'
        'M2.5 17h15"/><path d="M7 6.5h3M7 9.5h3M7 12.5h3"/>'
    ),
    "calendar": ('<rect x="3" y="4.5" width="14" height="12.5" rx="1.5"/><path d="M3 8.5h14M7 2.8v3M13 2.8v3"/>'),
    "chart": '<path d="M3 3v14h14"/><path d="M6.5 13.5V10M10 13.5V6.5M13.5 13.5V8.5"/>',
    "check": '<path d="m4 10.5 4 4 8-9"/>',
    "check-circle": '<circle cx="10" cy="10" r="7.2"/><path d="m6.8 10.2 2.3 2.3 4.2-4.8"/>',
    "chevron-down": '<path d="m5 7.5 5 5 5-5"/>',
    "chevron-left": '<path d="m12.5 5-5 5 5 5"/>',
    "chevron-right": '<path d="m7.5 5 5 5-5 5"/>',
    "clock": '<circle cx="10" cy="10" r="7.2"/><path d="M10 5.8V10l2.8 1.8"/>',
    "close": '<path d="m5 5 10 10M15 5 5 15"/>',
    "copy": (
        '<rect x="7" y="7" width="10" height="10" rx="1.5"/>'
        '<path d="M13 7V4.5A1.5 1.5 0 0 0 11.5 3h-7A1.5 1.5 0 0 0 3 4.5v7A1.5 1.5 0 0 0 4.5 13H7"/>'
    ),
    "document": '<path d="M5 3h6.5L15 6.5V17H5z"/><path d="M11.5 3v3.5H15M7.5 10h5M7.5 13h5"/>',
    "download": '<path d="M10 3v9.5M6 9l4 4 4-4M3.5 16.5h13"/>',
    "edit": '<path d="m4 16 .8-3.4L13.5 4l2.6 2.6-8.7 8.6zM11.7 5.8l2.5 2.5"/>',
    "error": '<circle cx="10" cy="10" r="7.2"/><path d="m7.3 7.3 5.4 5.4M12.7 7.3l-5.4 5.4"/>',
    "external": (
        '<path d="M11.5 3.5h5v5M16.5 3.5 9.5 10.5"/>'
        '<path d="M8.5 4.5H5A1.5 1.5 0 0 0 3.5 6v9A1.5 1.5 0 0 0 5 16.5h9a1.5 1.5 0 0 0 1.5-1.5v-3.5"/>'
    ),
    "filter": '<path d="M3 5.5h14M5.5 10h9M8 14.5h4"/>',
    "flow": '<path d="M3 4h14l-5 6v6l-4-2v-4z"/>',
    "globe": (
        '<circle cx="10" cy="10" r="7.2"/>'
        '<path d="M2.8 10h14.4M10 2.8c2.2 2 3.3 4.4 3.3 7.2s-1.1 5.2-3.3 7.2c-2.2-2-3.3-4.4-3.3-7.2s1.1-5.2 3.3-7.2z"/>'
    ),
    "handshake": (
        '<path d="m2.5 6.5 3-1.5 3 .8 2-.8 3.8.2 3.2 1.3"/>'
        '<path d="M2.5 12.5h1.8l4 3.6a1.2 1.2 0 0 0 1.6 0l5.3-4.6M17.5 12h-2.2L10.6 8.2 8.9 9.6'
        'a1.4 1.4 0 0 1-1.9-2l2-2"/>'
    ),
    "home": '<path d="m3 9.2 7-6 7 6V16a1 1 0 0 1-1 1h-3.7v-5H7.7v5H4a1 1 0 0 1-1-1z"/>',
    "inbox": '<path d="M3 11 5 4h10l2 7v5H3z"/><path d="M3 11h4l1 2h4l1-2h4"/>',
    "info": '<circle cx="10" cy="10" r="7.2"/><path d="M10 9.2v4.3"/><path d="M10 6.6v.1"/>',
    "key": '<circle cx="6.5" cy="13.5" r="3.2"/><path d="m8.8 11.2 7.2-7.2M13 7l2.5 2.5M10.8 9.2l1.6 1.6"/>',
    "ledger": (
        '<path d="M4 3.5A1.5 1.5 0 0 1 5.5 2H16v16H5.5A1.5 1.5 0 0 1 4 16.5z"/><path d="M4 15.2h12M7.5 6H13M7.5 9H13"/>'
    ),
    "link": (
        '<path d="M8.3 11.7a3 3 0 0 0 4.2 0l3-3a3 3 0 0 0-4.2-4.2l-1 1"/>'
        '<path d="M11.7 8.3a3 3 0 0 0-4.2 0l-3 3a3 3 0 0 0 4.2 4.2l1-1"/>'
    ),
    "lock": '<rect x="4" y="9" width="12" height="8" rx="1.5"/><path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9"/>',
    "log-out": '<path d="M8 3H4.5A1.5 1.5 0 0 0 3 4.5v11A1.5 1.5 0 0 0 4.5 17H8M8 10h9M13.5 6.5 17 10l-3.5 3.5"/>',
    "mail": '<rect x="2.5" y="4.5" width="15" height="11" rx="1.5"/><path d="m3 5.5 7 5.5 7-5.5"/>',
    "menu": '<path d="M3 5.5h14M3 10h14M3 14.5h14"/>',
    "more": '<circle cx="4.5" cy="10" r=".8"/><circle cx="10" cy="10" r=".8"/><circle cx="15.5" cy="10" r=".8"/>',
    "panel": '<rect x="2.5" y="3.5" width="15" height="13" rx="1.5"/><path d="M8 3.5v13M5.2 8.5 4 10l1.2 1.5"/>',
    "people": (
        '<circle cx="7.5" cy="7" r="2.8"/><path d="M2.5 16.5a5 5 0 0 1 10 0"/>'
        '<path d="M12.5 4.5a2.8 2.8 0 0 1 0 5M14.5 12a5 5 0 0 1 3 4.5"/>'
    ),
    "person": '<circle cx="10" cy="6.8" r="3.3"/><path d="M3.8 17a6.2 6.2 0 0 1 12.4 0"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "print": (
        '<path d="M6 7V3h8v4M6 14H4.5A1.5 1.5 0 0 1 3 12.5v-4A1.5 1.5 0 0 1 4.5 7h11A1.5 1.5 0 0 1 17 8.5v4'
        'a1.5 1.5 0 0 1-1.5 1.5H14"/><path d="M6 11.5h8V17H6z"/>'
    ),
    "refresh": '<path d="M16.5 10a6.5 6.5 0 0 1-12 3.5M3.5 10a6.5 6.5 0 0 1 12-3.5"/><path d="M15.5 3v3.5H12M4.5 17v-3.5H8"/>',
    "relay": ('<rect x="2.5" y="5" width="10" height="4" rx="2"/><rect x="7.5" y="11" width="10" height="4" rx="2"/>'),
    "school": '<path d="m1.8 8 8.2-4 8.2 4-8.2 4z"/><path d="M5 9.8v4.4c3 2 7 2 10 0V9.8M18.2 8v5"/>',
    "search": '<circle cx="9" cy="9" r="5.5"/><path d="m13 13 4 4"/>',
    "send": '<path d="M17 3 9 11M17 3l-5 14-3-6-6-3z"/>',
    "settings": (
        '<path d="M3 6h7M14 6h3M3 14h3M10 14h7"/><circle cx="12" cy="6" r="2"/><circle cx="8" cy="14" r="2"/>'
    ),
    "shield": '<path d="m10 2.5 6.5 2.3v4.7c0 4-2.6 6.6-6.5 8-3.9-1.4-6.5-4-6.5-8V4.8z"/><path d="m7.2 9.8 2 2 3.6-3.9"/>',
    "sort": '<path d="m6.5 8 3.5-4 3.5 4M6.5 12l3.5 4 3.5-4"/>',
    "stop": '<circle cx="10" cy="10" r="7.2"/><path d="M7.5 7.5h5v5h-5z"/>',
    "target": '<circle cx="10" cy="10" r="7.2"/><circle cx="10" cy="10" r="3.4"/><path d="M10 10v.1"/>',
    "ticket": (
        '<path d="M2.5 6A1.5 1.5 0 0 1 4 4.5h12A1.5 1.5 0 0 1 17.5 6v2.2a1.8 1.8 0 0 0 0 3.6V14'
        'a1.5 1.5 0 0 1-1.5 1.5H4A1.5 1.5 0 0 1 2.5 14v-2.2a1.8 1.8 0 0 0 0-3.6z"/>'
        '<path d="M12.5 7.5v.1M12.5 10v.1M12.5 12.5v.1"/>'
    ),
    "trash": '<path d="M3.5 5.5h13M8 5.5V3.5h4v2M5 5.5l.8 11.5h8.4L15 5.5M8.3 8.5v5.5M11.7 8.5v5.5"/>',
    "undo": '<path d="M7 4 3.5 7.5 7 11"/><path d="M3.5 7.5H12a4.5 4.5 0 0 1 0 9H7"/>',
    "upload": '<path d="M10 13V3.5M6 7l4-4 4 4M3.5 16.5h13"/>',
}
