// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.sink;

import io.connectot.plc4x.adapter.PlcAddress;

/** A tag line: its address, and how its values are written. */
record WrittenTag(PlcAddress address, TagCodec codec) {
  @Override
  public String toString() {
    return address.text();
  }
}
