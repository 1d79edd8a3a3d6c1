// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.merge;

import java.util.ArrayList;
import java.util.List;

/** Plans the reads for a list of tags. Thread-safe. */
@FunctionalInterface
public interface ReadPlanner {
  /** Reads every tag by its own address. */
  ReadPlanner SINGLE =
      addresses -> {
        List<MergedRead> reads = new ArrayList<>(addresses.size());
        for (int tag = 0; tag < addresses.size(); tag++) {
          reads.add(MergedRead.single(tag, addresses.get(tag)));
        }
        return reads;
      };

  /**
   * Plans reads.
   *
   * @param addresses the tags' addresses, accepted by the driver's parser
   * @return reads whose parts cover every tag exactly once
   */
  List<MergedRead> plan(List<String> addresses);
}
