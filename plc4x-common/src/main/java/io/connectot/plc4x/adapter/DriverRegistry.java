// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import io.connectot.core.spi.LineException;
import java.util.SortedSet;

/** The PLC4X drivers in the plugin's folder. Thread-safe. */
public interface PlcDrivers {
  /** The codes of the drivers, as connection strings begin with them, e.g. {@code s7-light}. */
  SortedSet<String> codes();

  /** What a driver says about itself. */
  DriverFacts facts(String driver);

  /**
   * Has a driver read an address.
   *
   * @throws LineException when it does not understand it
   */
  PlcAddress parse(String driver, String address) throws LineException;

  /**
   * Has a driver read a connection string and say what it can do by it. Opens nothing, but looks up
   * the host's address.
   *
   * @throws LineException when the driver does not understand the connection string; the message
   *     holds no secret
   */
  Capabilities capabilities(String url) throws LineException;

  /**
   * Makes a connection and opens nothing.
   *
   * @param url the connection string
   * @param login null for none
   * @throws LineException when the driver does not understand the connection string; the message
   *     holds no secret
   */
  PlcLink newLink(String url, Login login) throws LineException;

  /**
   * A user and a password.
   *
   * @param password never in a log
   */
  record Login(String user, String password) {
    @Override
    public String toString() {
      return "Login[" + user + "]";
    }
  }
}
