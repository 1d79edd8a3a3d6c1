// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.spi.line;

import java.util.List;
import java.util.Map;

/**
 * How a protocol reads the tables of tags that vendors of devices publish. Made for one file, for
 * one thread.
 */
public interface TagTable {
  /** Tables that have the columns of this project only. */
  TagTable PLAIN = new TagTable() {};

  /**
   * Other headings of columns, in lower case, with the column or option that they stand for. They
   * count only where no column has the name itself. Where several stand for the same column, the
   * first in the order of the map counts.
   */
  default Map<String, String> aliases() {
    return Map.of();
  }

  /** Looks at the whole table before its rows are read. */
  default void prepare(List<Row> rows) {
    // Most rows are understood by themselves.
  }

  /**
   * Rewrites a row into the columns and options of this project.
   *
   * @return whether the row is a tag; false for one that is left out, such as a heading
   * @throws LineException when the row cannot be understood
   */
  default boolean read(Row row) throws LineException {
    return true;
  }

  /**
   * A row. Both maps can be changed.
   *
   * @param cells text by name, address, type, device or option
   * @param attributes text by the heading of any other column
   */
  record Row(Map<String, String> cells, Map<String, String> attributes) {}
}
