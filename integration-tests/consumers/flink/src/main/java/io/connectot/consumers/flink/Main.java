// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.consumers.flink;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.ResultKind;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** Executes a SQL script on a Flink cluster in this process. */
public final class Main {
  private Main() {}

  /**
   * Takes two arguments: a script, whose statements end with a semicolon at the end of a line, and
   * a file for the results of its queries, one row a line, columns separated by tabs.
   */
  public static void main(String[] arguments) throws Exception {
    TableEnvironment tables = TableEnvironment.create(EnvironmentSettings.inBatchMode());
    List<String> lines = new ArrayList<>();
    for (String statement : Files.readString(Path.of(arguments[0])).split(";\\s*\n")) {
      if (statement.isBlank()) {
        continue;
      }
      TableResult result = tables.executeSql(statement);
      if (result.getResultKind() == ResultKind.SUCCESS_WITH_CONTENT) {
        CloseableIterator<Row> rows = result.collect();
        try {
          rows.forEachRemaining(row -> lines.add(line(row)));
        } finally {
          rows.close();
        }
      } else {
        result.await();
      }
    }
    Files.write(Path.of(arguments[1]), lines);
  }

  private static String line(Row row) {
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < row.getArity(); i++) {
      columns.add(String.valueOf(row.getField(i)));
    }
    return String.join("\t", columns);
  }
}
