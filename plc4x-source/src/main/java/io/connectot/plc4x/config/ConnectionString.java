// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.spi.LineException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A PLC4X connection string: {@code driver[:transport]://address[?parameter=value&...]}.
 *
 * @param driver the driver's code
 * @param text the whole, which may hold credentials: for the driver alone
 * @param endpoint the same without credentials
 */
public record ConnectionString(String driver, String text, String endpoint) {
  private static final Pattern FORM =
      Pattern.compile("([a-z0-9-]+)(:[a-z0-9-]*)?://([^?]*)(\\?.*)?");

  /**
   * Reads a connection string.
   *
   * @throws LineException when it is none
   */
  public static ConnectionString parse(String text) throws LineException {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new LineException(
          "is no PLC4X connection string; write driver://address, e.g. s7-light://10.0.0.5");
    }
    return new ConnectionString(matcher.group(1), text, text);
  }

  @Override
  public String toString() {
    return endpoint;
  }
}
