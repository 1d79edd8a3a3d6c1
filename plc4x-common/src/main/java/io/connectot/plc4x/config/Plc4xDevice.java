// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.config;

import io.connectot.core.spi.DeviceProtocol;
import io.connectot.plc4x.adapter.DriverRegistry.Login;

/**
 * A device line.
 *
 * @param url the connection string
 * @param login null for none
 */
public record Plc4xDevice(ConnectionString url, Login login) implements DeviceProtocol {
  @Override
  public String protocol() {
    return "plc4x:" + url.driver();
  }
}
