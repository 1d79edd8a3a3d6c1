// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.session;

import io.connectot.plc4x.adapter.PlcAddress;
import io.connectot.plc4x.merge.MergedRead.Part;
import java.util.List;

/**
 * One address of a request.
 *
 * @param parts the tags that its value serves
 * @param singles what to read instead when it is refused: its tags one by one; empty when it is the
 *     address of a tag itself
 */
record ReadItem(PlcAddress address, List<Part> parts, List<ReadItem> singles) {
  ReadItem {
    parts = List.copyOf(parts);
    singles = List.copyOf(singles);
  }
}
