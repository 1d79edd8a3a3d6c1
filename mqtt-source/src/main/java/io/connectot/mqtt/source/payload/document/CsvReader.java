// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.mqtt.source.payload.PayloadException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Rows of comma-separated values (RFC 4180) as objects, whose members are the columns. */
public final class CsvReader implements DocumentReader {
  private static final String IGNORED = "-";

  private final List<String> columns;
  private final CSVFormat format;
  private final char decimal;

  /**
   * @param columns names of the columns; empty if the first row has them. A column named {@code -}
   *     is ignored
   * @param decimal what separates the decimals of numbers
   */
  public CsvReader(List<String> columns, String delimiter, char decimal) {
    this.columns = List.copyOf(columns);
    this.decimal = decimal;
    this.format =
        CSVFormat.DEFAULT
            .builder()
            .setDelimiter(delimiter)
            .setTrim(true)
            .setIgnoreSurroundingSpaces(true)
            .setIgnoreEmptyLines(true)
            .get();
  }

  @Override
  public void read(byte[] payload, long receivedNanos, Documents documents)
      throws PayloadException {
    List<String> names = columns;
    try (CSVParser rows = CSVParser.parse(new StringReader(Utf8.text(payload)), format)) {
      for (CSVRecord row : rows) {
        if (names.isEmpty()) {
          names = new ArrayList<>(row.toList());
        } else {
          row(names, row, documents);
        }
      }
    } catch (IOException | UncheckedIOException | IllegalStateException e) {
      throw new PayloadException("the payload is not CSV: " + e.getMessage(), e);
    }
  }

  private void row(List<String> names, CSVRecord row, Documents documents) throws PayloadException {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < Math.min(names.size(), row.size()); i++) {
      String name = names.get(i);
      if (!name.isEmpty() && !name.equals(IGNORED)) {
        document.set(name, CellText.value(row.get(i), decimal));
      }
    }
    documents.take(document);
    if (row.size() > names.size()) {
      documents.unreadable(
          "row "
              + row.getRecordNumber()
              + " of the payload has "
              + row.size()
              + " cells, and "
              + names.size()
              + " columns are named");
    }
  }
}
