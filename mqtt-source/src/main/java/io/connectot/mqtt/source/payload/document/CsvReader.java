// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.mqtt.source.payload.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.connectot.mqtt.source.payload.Excerpt;
import io.connectot.mqtt.source.payload.PayloadException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Rows of comma-separated values (RFC 4180) as objects, whose members are the columns. */
public final class CsvReader implements DocumentReader {
  private static final String IGNORED = "-";
  private static final String QUOTES = "a quote is not closed, or text follows it";

  /** Bounds the time, as each is looked for to the end of the payload. */
  private static final int MOST_UNREADABLE = 100;

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
    new Rows(columns, documents).read(Utf8.damagedText(payload));
  }

  /** The rows of a payload. */
  private final class Rows {
    private final Documents documents;
    private List<String> names;
    private int unreadable;

    Rows(List<String> names, Documents documents) {
      this.names = names;
      this.documents = documents;
    }

    void read(String payload) throws PayloadException {
      String text = payload;
      for (int line = 1; !text.isEmpty(); line++) {
        long lines = 0;
        try (CSVParser rows = CSVParser.parse(new StringReader(text), format)) {
          for (Iterator<CSVRecord> all = rows.iterator(); all.hasNext(); ) {
            CSVRecord row = all.next();
            lines = rows.getCurrentLineNumber();
            take(row);
          }
          return;
        } catch (IOException | UncheckedIOException | IllegalStateException e) {
          text = rest(text, lines);
          line += (int) lines;
          while (text.startsWith("\r") || text.startsWith("\n")) {
            text = rest(text, 1);
            line++;
          }
          refuse(line, text, e);
          text = rest(text, 1);
        }
      }
    }

    /** A row with an error in its quotes. The next one begins in the line behind it. */
    private void refuse(int line, String text, Exception e) throws PayloadException {
      if (names.isEmpty() || unreadable++ == MOST_UNREADABLE) {
        throw new PayloadException("the payload is not CSV: " + QUOTES + ", line " + line, e);
      }
      String row = Excerpt.shorten(text.substring(0, endOfLine(text, 0)));
      documents.unreadable("line " + line + " of the payload is not CSV: " + QUOTES + ": " + row);
    }

    private void take(CSVRecord row) throws PayloadException {
      if (names.isEmpty()) {
        names = new ArrayList<>(row.toList());
      } else {
        row(names, row, documents);
      }
    }
  }

  /** The text behind a number of lines, which a parser counts in the same way. */
  private static String rest(String text, long lines) {
    int at = 0;
    for (long i = 0; i < lines; i++) {
      at = endOfLine(text, at);
      at += text.startsWith("\r\n", at) ? 2 : 1;
    }
    return text.substring(Math.min(at, text.length()));
  }

  private static int endOfLine(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
    return at;
  }

  private void row(List<String> names, CSVRecord row, Documents documents) throws PayloadException {
    if (isLonger(row, names.size())) {
      // A decimal comma between commas, for example, so that any cell can be in the wrong column.
      documents.unreadable(
          "row "
              + row.getRecordNumber()
              + " of the payload has "
              + row.size()
              + " cells, and "
              + names.size()
              + " columns are named; correct csv.delimiter, or name all columns in csv.columns,"
              + " those to ignore '-'");
      return;
    }
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    for (int i = 0; i < Math.min(names.size(), row.size()); i++) {
      String name = names.get(i);
      if (!name.isEmpty() && !name.equals(IGNORED)) {
        document.set(name, CellText.value(row.get(i), decimal));
      }
    }
    documents.take(document);
  }

  /** Whether a row has more cells than names, which are not empty. */
  private static boolean isLonger(CSVRecord row, int names) {
    for (int i = names; i < row.size(); i++) {
      if (!row.get(i).isEmpty()) {
        return true;
      }
    }
    return false;
  }
}
