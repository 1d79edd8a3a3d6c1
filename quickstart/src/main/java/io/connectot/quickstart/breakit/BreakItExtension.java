// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.quickstart.breakit;

import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;

/**
 * Puts the page that breaks the plant on the port of the quickstart's worker, next to the console.
 * It is on the class path of the quickstart, and in no archive.
 */
public final class BreakItExtension implements ConnectRestExtension {
  /** The address of the page. */
  public static final String PAGE = "/quickstart/index.html";

  /** The worker makes the extension by its name, so this is how it gets its plant. */
  private static final AtomicReference<BreakIt> PLANT = new AtomicReference<>();

  /** Called by the worker. */
  public BreakItExtension() {
    // It has no properties.
  }

  /** Sets the plant of the workers of this process that start from now on. */
  public static void plant(BreakIt plant) {
    PLANT.set(plant);
  }

  @Override
  public void configure(Map<String, ?> worker) {
    // It has no properties.
  }

  @Override
  public void register(ConnectRestExtensionContext context) {
    context.configurable().property(BreakItResource.PLANT, PLANT.get());
    context.configurable().register(BreakItResource.class);
  }

  @Override
  public void close() {
    // It has no resources.
  }

  @Override
  public String version() {
    return "quickstart";
  }
}
