"""Renders the land on a thread of its own into a picture larger than the screen.

The thread lives while its map is shown. Results wait in a queue that the map looks into from a
short timer, so no signal ever reaches a widget that is being deleted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread

from PySide6.QtGui import QImage, QPainter

from desktop.map.base_layer import Overlay, paint_base
from desktop.map.city import City, Dong
from desktop.map.viewport import Viewport
from desktop.theme.look import Look

#: The picture's sides in screens: room for a drag before the next one is needed. A very large
#: screen has less of it, because the picture has to fit into memory twice.
OVERSIZE, LARGE_OVERSIZE, LARGE_PX = 1.4, 1.2, 4_000_000


@dataclass(frozen=True)
class BaseRequest:
    """What to draw; `view` is already oversized."""

    view: Viewport
    selected: Dong | None
    overlay: Overlay | None


@dataclass(frozen=True)
class BasePicture:
    image: QImage
    request: BaseRequest


def oversized(view: Viewport) -> Viewport:
    factor = LARGE_OVERSIZE if view.width * view.height > LARGE_PX else OVERSIZE
    return view.resized(round(view.width * factor), round(view.height * factor))


def render_base(
    look: Look, city: City, request: BaseRequest, spare: QImage | None = None
) -> BasePicture:
    """Draw the picture here and now, into `spare` if it has the size: fresh memory is slow."""
    view = request.view
    if spare is not None and (spare.width(), spare.height()) == (view.width, view.height):
        image = spare
    else:
        image = QImage(view.width, view.height, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    try:
        paint_base(painter, look, city, view, request.selected, request.overlay)
    finally:
        painter.end()
    return BasePicture(image, request)


def _serve(
    render: Callable[[BaseRequest], BasePicture],
    wanted: SimpleQueue[BaseRequest | None],
    done: SimpleQueue[BasePicture | BaseException],
) -> None:
    while (request := wanted.get()) is not None:
        # Only the newest request counts; a gesture asks faster than the land can be drawn.
        try:
            while True:
                newer = wanted.get_nowait()
                if newer is None:
                    return
                request = newer
        except Empty:
            pass
        try:
            done.put(render(request))
        except BaseException as error:
            done.put(error)


class BaseRenderer:
    """`ask` for a picture, `take` it when it is there, `stop` with the map."""

    def __init__(self, look: Look, city: City) -> None:
        self._look, self._city = look, city
        self._wanted: SimpleQueue[BaseRequest | None] = SimpleQueue()
        self._done: SimpleQueue[BasePicture | BaseException] = SimpleQueue()
        self._thread: Thread | None = None
        self._asked: BaseRequest | None = None
        self._spares: SimpleQueue[QImage] = SimpleQueue()

    @property
    def pending(self) -> bool:
        return self._asked is not None

    def ask(self, request: BaseRequest) -> None:
        """Have the picture drawn; a request that waits is dropped for this one."""
        if request == self._asked:
            return
        self._asked = request
        if self._thread is None:
            look, city, spares = self._look, self._city, self._spares

            def render(wish: BaseRequest) -> BasePicture:
                spare = None if spares.empty() else spares.get()
                return render_base(look, city, wish, spare)

            self._thread = Thread(
                target=_serve,
                args=(render, self._wanted, self._done),
                name="map-land",
                daemon=True,
            )
            self._thread.start()
        self._wanted.put(request)

    def take(self) -> BasePicture | None:
        """The newest finished picture, or None. Raises what the drawing raised."""
        newest: BasePicture | None = None
        try:
            while True:
                result = self._done.get_nowait()
                if isinstance(result, BaseException):
                    self._asked = None
                    raise result
                newest = result
        except Empty:
            pass
        if newest is not None and newest.request == self._asked:
            self._asked = None
        return newest

    def wait(self, seconds: float) -> BasePicture | None:
        """Like `take`, but waits for the picture last asked for, up to `seconds` for each one."""
        newest = self.take()
        while self.pending:
            try:
                result = self._done.get(timeout=seconds)
            except Empty:
                break
            self._done.put(result)
            newest = self.take() or newest
        return newest

    def give_back(self, image: QImage) -> None:
        """A picture nobody paints from any more: the next one is drawn into it."""
        if self._spares.empty():
            self._spares.put(image)

    def stop(self) -> None:
        """End the thread and wait for it; the picture in work (tens of ms) is thrown away."""
        if self._thread is not None:
            self._wanted.put(None)
            self._thread.join()
            self._thread = None
        self._asked = None
