// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import io.connectot.plc4x.value.RawValue;

/**
 * The result of reading one address.
 *
 * @param code the response code
 * @param value null unless the code is {@link ResponseCode#OK}
 */
public record TagResponse(ResponseCode code, RawValue value) {
  /** Whether there is a value. */
  public boolean isOk() {
    return code == ResponseCode.OK && value != null;
  }
}
