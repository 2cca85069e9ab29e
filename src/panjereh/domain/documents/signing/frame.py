"""What every signature of one key has in common, encoded once.

A signature in a document is a CMS structure of some three thousand nested values: certificates, algorithms,
attributes. From one document to the next three of them change: the digest that is signed, always as long,
and at the end of everything around them the signature over it and its time stamp. The library makes the
structure once; each signature then is put into a copy of its bytes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from asn1crypto import cms, parser
from pyhanko.sign.signers import SimpleSigner

# Where the digest goes: no certificate and no algorithm holds these 32 bytes.
_STAND_IN = bytes(range(0xA0, 0xC0))
_SET_OF_ATTRIBUTES, _UNSIGNED_ATTRIBUTES = b"\x31", b"\xa1"


@dataclass(frozen=True, slots=True)
class Frame:
    """The nested values from the outermost to the signature's own: class, method, tag, what goes before."""

    around: tuple[tuple[int, int, int, bytes], ...]
    attributes: bytes

    @classmethod
    def of(cls, whole: cms.ContentInfo) -> "Frame":
        """Return the frame of a signature over the stand-in for a digest."""
        attributes = whole["content"]["signer_infos"][0]["signed_attrs"].dump()
        return cls(tuple(_down_the_last(whole.dump())), _SET_OF_ATTRIBUTES + attributes[1:])

    def attributes_for(self, digest: bytes) -> bytes:
        """Return what is signed: the attributes with the digest of a document."""
        return self.attributes.replace(_STAND_IN, digest)

    def filled(self, digest: bytes, signature: bytes, *, after: bytes) -> bytes:
        """Return the structure with a digest, the signature over its attributes, and what stands after it."""
        (*around, innermost) = self.around
        encoded: bytes = parser.emit(*innermost[:3], signature) + after
        for class_, method, tag, before in reversed(around):
            encoded = parser.emit(class_, method, tag, before.replace(_STAND_IN, digest) + encoded)
        return encoded


class FramedSigner(SimpleSigner):
    """Signs documents, one like the other, with SHA-256: the same settings each time."""

    _frame: Frame | None = None

    async def async_sign(
        self, data_digest: bytes, digest_algorithm: str, *more: Any, timestamper: Any = None, **asked: Any
    ) -> cms.ContentInfo:
        """Return the signature over the digest of a document, as the library would make it, and stamped."""
        if self._frame is None:
            self._frame = Frame.of(await super().async_sign(_STAND_IN, digest_algorithm, *more, **asked))
        signed = self._frame.attributes_for(data_digest)
        signature = self.sign_raw(signed, digest_algorithm)
        stamped = await self.unsigned_attrs(
            digest_algorithm,
            signature,
            signed_attrs=cms.CMSAttributes.load(signed),
            timestamper=timestamper,
        )
        after = _UNSIGNED_ATTRIBUTES + stamped.dump()[1:] if stamped else b""
        return cms.ContentInfo.load(self._frame.filled(data_digest, signature, after=after))


def _down_the_last(encoded: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield a constructed value, the last value within it, the last within that, down to a plain one."""
    class_, method, tag, _, content, _ = parser.parse(encoded)
    last = 0
    while method and last + (size := parser.peek(content[last:])) < len(content):
        last += size
    yield class_, method, tag, content[:last]
    if method:
        yield from _down_the_last(content[last:])
