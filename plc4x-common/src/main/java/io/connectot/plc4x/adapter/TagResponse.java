// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import io.connectot.plc4x.value.RawValue;

/**
 * What came of reading one address.
 *
 * @param code what the driver says
 * @param value null unless the code is {@link ReplyCode#OK}
 */
public record PlcReply(ReplyCode code, RawValue value) {
  /** Whether there is a value. */
  public boolean isOk() {
    return code == ReplyCode.OK && value != null;
  }
}
