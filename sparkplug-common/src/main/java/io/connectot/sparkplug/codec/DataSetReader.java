// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.sparkplug.codec;

import io.connectot.sparkplug.payload.DataSet;
import io.connectot.sparkplug.payload.DataType;
import io.connectot.sparkplug.payload.MetricValue;
import io.connectot.sparkplug.payload.MetricValue.InvalidValue;
import io.connectot.sparkplug.payload.MetricValue.NullValue;
import io.connectot.sparkplug.payload.TypedValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Reads data sets. */
final class DataSetReader {
  private final MessageInput in;

  DataSetReader(MessageInput in) {
    this.in = in;
  }

  /** The data set; {@link InvalidValue} when its parts do not fit together. */
  MetricValue read() throws IOException, MalformedPayloadException {
    int outer = in.begin();
    List<String> columns = new ArrayList<>();
    List<DataType> types = new ArrayList<>();
    List<List<MetricValue>> rows = new ArrayList<>();
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field == Fields.DATASET_COLUMNS && in.isDelimited()) {
        in.count(1);
        columns.add(in.text());
      } else if (field == Fields.DATASET_TYPES && in.isVarint()) {
        in.count(1);
        types.add(DataType.of(in.code()));
      } else if (field == Fields.DATASET_TYPES && in.isDelimited()) {
        packedTypes(types);
      } else if (field == Fields.DATASET_ROWS && in.isDelimited()) {
        rows.add(row());
      } else {
        in.skip();
      }
    }
    in.end(outer);
    return assemble(columns, types, rows);
  }

  private void packedTypes(List<DataType> types) throws IOException, MalformedPayloadException {
    int outer = in.begin();
    while (in.remaining() > 0) {
      in.count(1);
      types.add(DataType.of(in.code()));
    }
    in.end(outer);
  }

  private List<MetricValue> row() throws IOException, MalformedPayloadException {
    in.count(1);
    int outer = in.begin();
    List<MetricValue> cells = new ArrayList<>();
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field == Fields.ROW_CELLS && in.isDelimited()) {
        cells.add(cell());
      } else {
        in.skip();
      }
    }
    in.end(outer);
    return cells;
  }

  private MetricValue cell() throws IOException, MalformedPayloadException {
    in.count(1);
    int outer = in.begin();
    MetricValue sent = NullValue.NULL;
    for (int field = in.nextField(); field != 0; field = in.nextField()) {
      if (field < Fields.CELL_VALUE + MessageInput.SCALARS) {
        MetricValue value = in.scalar(field - Fields.CELL_VALUE);
        sent = value == null ? sent : value;
      } else {
        in.skip();
      }
    }
    in.end(outer);
    return sent;
  }

  private static MetricValue assemble(
      List<String> columns, List<DataType> types, List<List<MetricValue>> rows) {
    if (columns.size() != types.size()) {
      return new InvalidValue(
          "the data set has " + columns.size() + " columns and " + types.size() + " types");
    }
    List<List<MetricValue>> typed = new ArrayList<>(rows.size());
    for (List<MetricValue> row : rows) {
      if (row.size() != columns.size()) {
        return new InvalidValue(
            "the data set has "
                + columns.size()
                + " columns and a row of "
                + row.size()
                + " cells");
      }
      List<MetricValue> cells = new ArrayList<>(row.size());
      for (int i = 0; i < row.size(); i++) {
        cells.add(TypedValues.of(types.get(i), row.get(i)));
      }
      typed.add(cells);
    }
    return new DataSet(columns, types, typed);
  }
}
