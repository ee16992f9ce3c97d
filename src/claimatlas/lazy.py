"""A property that is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")


class lazy(Generic[T]):  # noqa: N801  (used like `property`)
    """What `functools.cached_property` is from Python 3.12 on: without its lock, which costs more than short answers.

    The value is kept in the object's `__dict__` under the property's name; deleting it there forgets it.
    """

    def __init__(self, compute: Callable[[Any], T]) -> None:
        """Wrap the method that computes the value."""
        self._compute = compute
        self._name = compute.__name__
        self.__doc__ = compute.__doc__

    @overload
    def __get__(self, instance: None, owner: type) -> lazy[T]: ...
    @overload
    def __get__(self, instance: object, owner: type) -> T: ...
    def __get__(self, instance: object | None, owner: type) -> lazy[T] | T:
        """The value, computed at the first call; afterwards `__dict__` answers without it."""
        if instance is None:
            return self
        value = instance.__dict__[self._name] = self._compute(instance)
        return value
