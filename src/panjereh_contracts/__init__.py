"""What two nodes of the exchange must agree on, byte for byte: names, digests, signatures, rights, receipts.

Pure: no framework, no socket, no file, no clock, no randomness. Whoever builds another node needs only this
package and `tests/vectors`. Licence: Apache-2.0.
"""
