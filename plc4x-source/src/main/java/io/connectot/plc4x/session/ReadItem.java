// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.merge.MergedRead.Part;
import java.util.List;

/**
 * One address of a request.
 *
 * @param parts the tags whose values it contains
 * @param singles the reads of the single tags, used when this read is refused; empty when it is the
 *     address of a single tag
 */
record ReadItem(PlcAddress address, List<Part> parts, List<ReadItem> singles) {
  ReadItem {
    parts = List.copyOf(parts);
    singles = List.copyOf(singles);
  }
}
