// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.benchmarks.endtoend.polled;

import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.apache.plc4x.java.DefaultPlcDriverManager;
import org.apache.plc4x.java.api.PlcConnection;
import org.apache.plc4x.java.api.messages.PlcReadRequest;
import org.apache.plc4x.java.api.messages.PlcReadResponse;

/**
 * One S7 controller, read with the driver only: one request with all tags, prepared once. The
 * driver merges adjacent tags by default.
 */
final class BareS7 implements BareDevice {
  private static final int TIMEOUT_SECONDS = 5;
  private static final long NANOS_PER_SECOND = 1_000_000_000;

  private final PlcConnection connection;
  private final PlcReadRequest request;

  BareS7(String url) throws Exception {
    this.connection = new DefaultPlcDriverManager().getConnectionManager().getConnection(url);
    PlcReadRequest.Builder builder = connection.readRequestBuilder();
    for (int tag = 0; tag < ScanRegisters.TAGS; tag++) {
      builder.addTagAddress(ScanRegisters.NAMES.get(tag), S7Field.address(tag));
    }
    this.request = builder.build();
  }

  @Override
  public Scan read() throws Exception {
    PlcReadResponse response = request.execute().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    Instant now = Instant.now();
    double[] values = new double[ScanRegisters.TAGS];
    for (int tag = 0; tag < ScanRegisters.TAGS; tag++) {
      double value = response.getDouble(ScanRegisters.NAMES.get(tag));
      values[tag] = tag < ScanRegisters.FLOATS ? value : value * ScanRegisters.TENTH;
    }
    return new Scan(now.getEpochSecond() * NANOS_PER_SECOND + now.getNano(), values);
  }

  @Override
  public void close() throws IOException {
    try {
      connection.close();
    } catch (Exception e) {
      throw new IOException(e);
    }
  }
}
