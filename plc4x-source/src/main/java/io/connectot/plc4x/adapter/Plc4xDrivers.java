// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

import io.connectot.core.spi.LineException;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.plc4x.java.DefaultPlcDriverManager;

/** The drivers that a class loader finds. */
public final class Plc4xDrivers implements PlcDrivers {
  private static volatile Plc4xDrivers shared;

  private final DefaultPlcDriverManager manager;

  /** The drivers beside this class: those of the plugin's folder. */
  public Plc4xDrivers() {
    this.manager = new DefaultPlcDriverManager(Plc4xDrivers.class.getClassLoader());
  }

  /** The drivers of the plugin's folder, looked up once. */
  public static PlcDrivers shared() {
    Plc4xDrivers drivers = shared;
    if (drivers == null) {
      synchronized (Plc4xDrivers.class) {
        drivers = shared;
        if (drivers == null) {
          drivers = new Plc4xDrivers();
          shared = drivers;
        }
      }
    }
    return drivers;
  }

  @Override
  public SortedSet<String> codes() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(manager.getProtocolCodes()));
  }

  @Override
  public DriverFacts facts(String driver) {
    throw new UnsupportedOperationException(driver);
  }

  @Override
  public PlcAddress parse(String driver, String address) throws LineException {
    throw new LineException(driver);
  }

  @Override
  public PlcLink newLink(String url, Login login) throws LineException {
    throw new LineException("no link");
  }
}
