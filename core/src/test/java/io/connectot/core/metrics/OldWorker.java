// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.core.metrics;

import java.net.URL;
import java.net.URLClassLoader;

/** Loads this package anew as on a worker whose Kafka has no metrics for plugins. */
final class OldWorker extends URLClassLoader {
  OldWorker() {
    super(
        new URL[] {TaskMetrics.class.getProtectionDomain().getCodeSource().getLocation()},
        TaskMetrics.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (name.equals("org.apache.kafka.common.metrics.PluginMetrics")) {
      throw new ClassNotFoundException(name);
    }
    if (!name.startsWith("io.connectot.core.metrics.")) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : findClass(name);
    }
  }
}
