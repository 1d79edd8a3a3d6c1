// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.plant;

import io.connectot.quickstart.embedded.Ports;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The simulated plant: three presses, an energy meter and a tank, each a Modbus TCP device on the
 * fixed port of the example configurations. The last press repeatedly loses its connection.
 * Thread-safe, except {@link #close}.
 */
public final class ModbusPlant implements AutoCloseable {
  private static final int FIRST_PORT = 15020;
  private static final String UNRELIABLE = "press3";

  /**
   * Until then all devices are available, so that connectors can be created even on a slow machine.
   */
  private static final double CALM_SECONDS = 60;

  private static final double OUTAGE_PERIOD_SECONDS = 40;
  private static final double OUTAGE_SECONDS = 20;
  private static final long STEP_MS = 100;
  private static final long STOP_LIMIT_MS = 5_000;

  private final Map<String, Site> sites = new LinkedHashMap<>();

  /** Names of those that somebody unplugged; thread-safe. */
  private final Set<String> unplugged = ConcurrentHashMap.newKeySet();

  private final Thread clock = new Thread(this::run, "plant-clock");
  private final long startNanos = System.nanoTime();

  private ModbusPlant() {
    add("press1", new Press(1));
    add("press2", new Press(2));
    add(UNRELIABLE, new Press(3));
    add("meter1", new EnergyMeter());
    add("tank1", new Tank());
  }

  /**
   * Starts the plant.
   *
   * @throws IOException if another program uses one of the ports, with the port in the message
   */
  public static ModbusPlant start() throws IOException {
    ModbusPlant plant = new ModbusPlant();
    List<Integer> taken = new ArrayList<>();
    for (Site site : plant.sites.values()) {
      if (!Ports.isFree(site.server().port())) {
        taken.add(site.server().port());
      }
    }
    if (!taken.isEmpty()) {
      plant.close();
      throw new IOException(
          "the simulated plant needs the TCP ports "
              + taken
              + ", which another program uses: end it (a second quickstart?) and try again");
    }
    try {
      for (Site site : plant.sites.values()) {
        site.measure(0);
        site.server().plugIn();
      }
    } catch (IOException e) {
      plant.close();
      throw e;
    }
    plant.clock.setDaemon(true);
    plant.clock.start();
    return plant;
  }

  /** The addresses of the devices by name, e.g. {@code tcp://127.0.0.1:15020}. */
  public Map<String, String> devices() {
    Map<String, String> devices = new LinkedHashMap<>();
    sites.forEach((name, site) -> devices.put(name, "tcp://127.0.0.1:" + site.server().port()));
    return devices;
  }

  /**
   * Unplugs a device until {@link #plugIn}.
   *
   * @return false if there is no such device
   */
  public boolean unplug(String device) {
    boolean exists = sites.containsKey(device);
    if (exists) {
      unplugged.add(device);
    }
    return exists;
  }

  /**
   * Ends an {@link #unplug}.
   *
   * @return false if there is no such device
   */
  public boolean plugIn(String device) {
    unplugged.remove(device);
    return sites.containsKey(device);
  }

  /** By the name of each device, whether it is plugged in. */
  public Map<String, Boolean> pluggedIn() {
    Map<String, Boolean> devices = new LinkedHashMap<>();
    sites.keySet().forEach(name -> devices.put(name, !unplugged.contains(name)));
    return devices;
  }

  /** Whether the unreliable press is disconnected at a time. */
  static boolean isOutage(double seconds) {
    return seconds >= CALM_SECONDS
        && seconds % OUTAGE_PERIOD_SECONDS >= OUTAGE_PERIOD_SECONDS - OUTAGE_SECONDS;
  }

  @Override
  public void close() {
    clock.interrupt();
    try {
      clock.join(STOP_LIMIT_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    sites.values().forEach(site -> site.server().close());
  }

  private void add(String name, Machine machine) {
    RegisterTables tables = new RegisterTables();
    ModbusServer server = new ModbusServer(FIRST_PORT + sites.size(), tables);
    sites.put(name, new Site(machine, tables, server));
  }

  private void run() {
    try {
      while (true) {
        Thread.sleep(STEP_MS);
        step();
      }
    } catch (InterruptedException e) {
      // The plant is stopping.
    }
  }

  private void step() {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    sites.values().forEach(site -> site.measure(seconds));
    sites.forEach(
        (name, site) -> {
          boolean outage = name.equals(UNRELIABLE) && isOutage(seconds);
          if (outage || unplugged.contains(name)) {
            site.server().unplug();
          } else if (!site.server().isPluggedIn()) {
            try {
              site.server().plugIn();
            } catch (IOException e) {
              // Another program took the port in the meantime; the next step retries.
            }
          }
        });
  }

  private record Site(Machine machine, RegisterTables tables, ModbusServer server) {
    void measure(double seconds) {
      synchronized (tables) {
        machine.measure(seconds, tables);
      }
    }
  }
}
