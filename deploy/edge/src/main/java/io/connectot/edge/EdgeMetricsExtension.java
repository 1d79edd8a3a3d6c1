// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.edge;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;

/** Shows the figures of the box at {@code /edge/metrics} of the worker's REST API. */
public final class EdgeMetricsExtension implements ConnectRestExtension {
  /** Key of the worker: the file of the figures. */
  static final String FILE = "ot.edge.metrics";

  private Path file;

  /** Called by the worker. */
  public EdgeMetricsExtension() {
    // The worker configures it.
  }

  @Override
  public void configure(Map<String, ?> worker) {
    file = Path.of(String.valueOf(worker.get(FILE)));
  }

  @Override
  public void register(ConnectRestExtensionContext context) {
    context.configurable().register(new EdgeMetricsResource(file));
  }

  @Override
  public String version() {
    return getClass().getPackage().getImplementationVersion();
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
