// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.testing;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;

/** What this process holds. */
public final class DriverResources {
  private DriverResources() {}

  /**
   * The threads that a connection may leave behind. The one keep-alive thread that all connections
   * of the opcua driver share is none of them.
   */
  public static List<String> driverThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(Thread::isAlive)
        .map(Thread::getName)
        .filter(DriverResources::isOfDrivers)
        .filter(name -> !name.equals("plc4x-opcua-keep-alive"))
        .sorted()
        .toList();
  }

  /** Threads of drivers, of netty, and of the connector itself. */
  private static boolean isOfDrivers(String name) {
    return name.startsWith("plc4x-")
        || name.startsWith("nioEventLoopGroup")
        || name.startsWith("pool-")
        || name.startsWith("Timer-")
        || name.startsWith("connect-ot-plc4x-");
  }

  /** The open files and sockets; 0 where the system does not tell. */
  public static long openFiles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : 0;
  }

  /** The heap in use after a collection, in bytes. */
  public static long usedHeap() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
