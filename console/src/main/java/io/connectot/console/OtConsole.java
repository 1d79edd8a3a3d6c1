// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.console;

import io.connectot.console.connector.ConnectorCatalog;
import io.connectot.console.discovery.DiscoveryCatalog;
import io.connectot.console.discovery.DiscoveryJobs;
import io.connectot.console.discovery.SecretResolver;
import io.connectot.console.plant.PlantReader;
import io.connectot.console.plant.PlantView;
import io.connectot.console.web.Api;
import io.connectot.console.web.ApiResource;
import io.connectot.console.web.DiscoveryResource;
import io.connectot.console.web.PageResource;
import io.connectot.console.web.RequestGuard;
import io.connectot.core.Version;
import io.connectot.core.connection.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.connect.rest.ConnectRestExtension;
import org.apache.kafka.connect.rest.ConnectRestExtensionContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pages and a JSON API under {@code /ot/} on the port of a Connect worker, Kafka 4.0 and newer.
 * Switched on by {@code rest.extension.classes=io.connectot.console.OtConsole} in the worker's
 * properties. Reads only; {@value ConsoleSettings#ALLOW_CHANGES} makes the pages offer changes,
 * which they ask of Connect's own REST API, and {@value ConsoleSettings#ALLOW_DISCOVERY} lets them
 * look at devices.
 */
public final class OtConsole implements ConnectRestExtension {
  private static final Logger log = LoggerFactory.getLogger(OtConsole.class);

  private static final Duration DISCOVERY_LIMIT = Duration.ofMinutes(2);

  private ConsoleSettings settings;
  private SecretResolver resolver;
  private PlantReader reader;

  /** Null unless the worker allows it. */
  private DiscoveryJobs jobs;

  /** Called by the worker. */
  public OtConsole() {
    // The worker configures it.
  }

  @Override
  public void configure(Map<String, ?> worker) {
    settings = ConsoleSettings.of(worker);
    resolver = new SecretResolver(worker);
  }

  @Override
  public void register(ConnectRestExtensionContext context) {
    ConnectorCatalog catalog = new ConnectorCatalog(context.clusterState());
    PlantView view = new PlantView();
    reader =
        new PlantReader(
            () -> new KafkaConsumer<>(new HashMap<>(settings.consumer())),
            catalog::topics,
            catalog::statusTopics,
            view,
            Clock.SYSTEM);
    if (settings.allowDiscovery()) {
      DiscoveryCatalog protocols = DiscoveryCatalog.of(OtConsole.class.getClassLoader());
      jobs = new DiscoveryJobs(protocols, resolver, DISCOVERY_LIMIT);
    }
    Api api =
        new Api(
            catalog,
            view,
            reader,
            Clock.SYSTEM.wall(),
            settings.allowChanges(),
            jobs,
            settings.names(),
            settings.links(),
            String.valueOf(settings.consumer().get(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG)));
    // Resources are registered as classes: Jersey warns of instances, as if it ignored them.
    context.configurable().property(Api.PROPERTY, api);
    context.configurable().register(RequestGuard.class);
    context.configurable().register(PageResource.class);
    context.configurable().register(ApiResource.class);
    context.configurable().register(DiscoveryResource.class);
    log.info("The console of Kafka Connect OT is at /ot/ of this worker's REST address");
  }

  @Override
  public void close() {
    if (reader != null) {
      reader.close();
    }
    if (jobs != null) {
      jobs.close();
    }
  }

  @Override
  public String version() {
    return Version.version();
  }
}
