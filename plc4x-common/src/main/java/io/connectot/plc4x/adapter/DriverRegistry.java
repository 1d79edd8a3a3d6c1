// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import io.connectot.core.spi.line.LineException;
import java.util.Optional;
import java.util.SortedSet;

/** The PLC4X drivers in the plugin's folder. Thread-safe. */
public interface DriverRegistry {
  /** The codes of the drivers, the prefixes of connection strings, e.g. {@code s7-light}. */
  SortedSet<String> codes();

  /** The metadata of a driver. */
  DriverMetadata metadata(String driver);

  /**
   * Parses an address.
   *
   * @throws LineException when the driver rejects it
   */
  PlcAddress parse(String driver, String address) throws LineException;

  /**
   * Why nothing can be written to an address, as far as it is known without a connection, and the
   * remedy; empty when something can.
   */
  Optional<String> writeRefusal(String driver, PlcAddress address);

  /**
   * Returns what a driver supports for a connection string. Opens nothing, but resolves the host.
   *
   * @throws LineException when the driver rejects the connection string; the message contains no
   *     secret
   */
  Capabilities capabilities(String url) throws LineException;

  /**
   * Creates a connection without opening it.
   *
   * @param url the connection string
   * @param login null for none
   * @throws LineException when the driver rejects the connection string; the message contains no
   *     secret
   */
  DriverConnection newConnection(String url, Login login) throws LineException;

  /**
   * A user and a password.
   *
   * @param password never logged
   */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }
}
