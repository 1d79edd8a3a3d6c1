// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.payload;

import java.util.List;

/**
 * A table as a value. Immutable.
 *
 * @param columns the names of the columns
 * @param types the types of the columns, as many as names
 * @param rows the rows, each with as many cells as columns; a cell without a value is {@link
 *     MetricValue.NullValue}
 */
public record DataSet(List<String> columns, List<DataType> types, List<List<MetricValue>> rows)
    implements MetricValue {
  public DataSet {
    columns = List.copyOf(columns);
    types = List.copyOf(types);
    rows = rows.stream().map(List::copyOf).toList();
    if (columns.size() != types.size()) {
      throw new IllegalArgumentException(
          columns.size() + " columns have " + types.size() + " types");
    }
    for (List<MetricValue> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of " + row.size() + " cells in " + columns.size() + " columns");
      }
    }
  }
}
