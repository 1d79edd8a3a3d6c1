// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.spi.LineException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;

/** Reads device lines: URLs, comma separated. */
public final class DeviceUrls {
  private DeviceUrls() {}

  /**
   * Reads one device line.
   *
   * @throws LineException when a URL cannot work
   */
  public static OpcUaDevice parse(String line) throws LineException {
    List<String> urls = new ArrayList<>();
    for (String part : line.split(",", -1)) {
      urls.add(url(part.trim()));
    }
    return new OpcUaDevice(urls);
  }

  private static String url(String text) throws LineException {
    try {
      URI uri = new URI(text);
      if ("opc.tcp".equals(uri.getScheme()) && uri.getHost() != null) {
        if (uri.getRawUserInfo() != null) {
          throw new LineException(
              "credentials do not belong into the URL, where logs and records show them; use"
                  + " opcua.auth.username and opcua.auth.password");
        }
        return text;
      }
    } catch (URISyntaxException e) {
      // Falls through to the one message for anything that is no such URL.
    }
    throw new LineException("'" + text + "' must be a URL like opc.tcp://host:4840/path");
  }
}
