// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import java.util.List;

/**
 * A device line: one server, with one or several URLs.
 *
 * @param urls {@code opc.tcp://host:port/path}, the first preferred; others are of redundant
 *     servers or other ways to the same one
 */
public record OpcUaDevice(List<String> urls) {
  public OpcUaDevice {
    urls = List.copyOf(urls);
  }

  /** The URL that names the device, without credentials. */
  public String endpoint() {
    return urls.get(0);
  }
}
