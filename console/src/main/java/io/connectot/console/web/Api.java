// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console.web;

import io.connectot.console.connector.ConnectorCatalog;
import io.connectot.console.discovery.DiscoveryJobs;
import io.connectot.console.metrics.TaskMetricsReader;
import io.connectot.console.plant.PlantReader;
import io.connectot.console.plant.PlantView;
import java.time.InstantSource;
import java.util.Map;

/**
 * What the API answers from, shared by all requests. Thread-safe.
 *
 * @param discovery null unless the worker allows it
 * @param names the names of this worker
 * @param links more pages, by their titles
 * @param bootstrapServers the addresses of the Kafka cluster, as the worker has them
 * @param json makes JSON of the view
 */
public record Api(
    ConnectorCatalog catalog,
    PlantView view,
    PlantReader reader,
    InstantSource clock,
    boolean allowChanges,
    DiscoveryJobs discovery,
    HostNames names,
    Map<String, String> links,
    String bootstrapServers,
    PlantJson json,
    TaskMetricsReader metrics) {
  /** The property of the web server's configuration that has it. */
  public static final String PROPERTY = "io.connectot.console";

  /** The API over what the console knows. */
  public Api(
      ConnectorCatalog catalog,
      PlantView view,
      PlantReader reader,
      InstantSource clock,
      boolean allowChanges,
      DiscoveryJobs discovery,
      HostNames names,
      Map<String, String> links,
      String bootstrapServers) {
    this(
        catalog,
        view,
        reader,
        clock,
        allowChanges,
        discovery,
        names,
        links,
        bootstrapServers,
        new PlantJson(view),
        new TaskMetricsReader());
  }
}
