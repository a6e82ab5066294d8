"""Writes about notices: `templates`, and a mailing's way through `choosing`, `preparing`, `waiting`, `ending` and `settling`; `digests`."""

from __future__ import annotations

from career_relay.domain.hiring.notices.operations import templates
from career_relay.domain.hiring.notices.operations.choosing import (
    confirm,
    discard,
    draft,
    put_back,
    review_draft,
    take_out,
    take_out_misfits,
    write,
)
from career_relay.domain.hiring.notices.operations.digests import send_digest
from career_relay.domain.hiring.notices.operations.ending import (
    Dropped,
    Ended,
    Stopped,
    break_off,
    drop,
    finish,
    finish_all,
    stop,
    stop_linked,
    stop_one,
)
from career_relay.domain.hiring.notices.operations.errors import (
    UnableToChangeMailing,
    UnableToConfirmCount,
    UnableToConfirmNobody,
    UnableToConfirmTime,
    UnableToConfirmUnwritten,
    UnableToDraft,
    UnableToFindMailing,
    UnableToFindTemplate,
    UnableToNameTemplate,
    UnableToResolve,
    UnableToStopMailing,
    UnableToStopNotice,
    UnableToWriteTemplate,
    UnableToWriteWithLink,
    UnableToWriteWithoutReplyTo,
)
from career_relay.domain.hiring.notices.operations.preparing import Chunk, next_chunk, queue_chunk
from career_relay.domain.hiring.notices.operations.rewriting import write_without_link
from career_relay.domain.hiring.notices.operations.settling import hold, resolve_uncertain, settle
from career_relay.domain.hiring.notices.operations.waiting import (
    all_waiting,
    forget_untold,
    review_some_waiting,
    review_waiting,
)

__all__ = [
    "Chunk",
    "Dropped",
    "Ended",
    "Stopped",
    "UnableToChangeMailing",
    "UnableToConfirmCount",
    "UnableToConfirmNobody",
    "UnableToConfirmTime",
    "UnableToConfirmUnwritten",
    "UnableToDraft",
    "UnableToFindMailing",
    "UnableToFindTemplate",
    "UnableToNameTemplate",
    "UnableToResolve",
    "UnableToStopMailing",
    "UnableToStopNotice",
    "UnableToWriteTemplate",
    "UnableToWriteWithLink",
    "UnableToWriteWithoutReplyTo",
    "all_waiting",
    "break_off",
    "confirm",
    "discard",
    "draft",
    "drop",
    "finish",
    "finish_all",
    "forget_untold",
    "hold",
    "next_chunk",
    "put_back",
    "queue_chunk",
    "resolve_uncertain",
    "review_draft",
    "review_some_waiting",
    "review_waiting",
    "send_digest",
    "settle",
    "stop",
    "stop_linked",
    "stop_one",
    "take_out",
    "take_out_misfits",
    "templates",
    "write",
    "write_without_link",
]
