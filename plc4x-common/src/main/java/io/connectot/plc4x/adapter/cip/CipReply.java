// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter.cip;

/**
 * A reply to one read.
 *
 * @param status the general status; 0 when the tag was read
 * @param type the type code
 * @param data the bytes behind the type code
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record CipReply(int status, int type, byte[] data) {
  /** A reply without a value. */
  static CipReply failed(int status) {
    return new CipReply(status, 0, new byte[0]);
  }
}
