// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Point;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.OffsetReader;
import io.connectot.opcua.address.NodeAddress.ById;
import io.connectot.opcua.config.ItemSettings;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.resume.TransferMemory;
import io.connectot.opcua.select.Selection.Missing;
import io.connectot.opcua.settings.OpcUaSubscriptionConfig;
import io.connectot.opcua.subscription.EngineRig;
import io.connectot.opcua.subscription.node.NodeRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tags that have no node, of which there may be another instance every time. */
class RejectedNodesTest {
  private static final String STATUS = "0x80340000 Bad_NodeIdUnknown";

  private final AtomicLong nanos = new AtomicLong();
  private final RejectedNodes bad = new RejectedNodes(settings(), nanos::get);

  private static Configuration settings() {
    return Configuration.parse(OpcUaSubscriptionConfig.KEYS.definition(), Map.of());
  }

  private static Missing missing(String name) {
    return new Missing(
        new Point<>(EngineRig.DEVICE, tag(name)),
        STATUS,
        "the server has no namespace urn:plant now");
  }

  private static Tag<OpcUaTag> tag(String name) {
    return new Tag<>(
        name,
        new OpcUaTag(
            new ById(Optional.of("urn:plant"), 0, "s=" + name),
            Optional.empty(),
            ItemSettings.DEFAULT),
        ValueType.JSON,
        Optional.empty(),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        Scaling.NONE,
        Map.of());
  }

  @Test
  void triesAgainAtOnceWhenTheServerReportsAChange() {
    for (int i = 0; i < 5; i++) {
      bad.missing(EngineRig.DEVICE, missing("a"), 0);
    }
    nanos.addAndGet(Duration.ofMinutes(10).toNanos());
    assertThat(bad.missingDue()).isFalse();

    bad.retryNow();

    assertThat(bad.missingDue()).isTrue();
    bad.missing(EngineRig.DEVICE, missing("a"), 0);
    assertThat(bad.missingDue()).isFalse();
    nanos.addAndGet(Duration.ofMinutes(1).toNanos());
    assertThat(bad.missingDue()).isTrue();
  }

  @Test
  void saysOnceThatATagIsMissingAndAgainWhenItWasThereMeanwhile() {
    bad.missing(EngineRig.DEVICE, missing("a"), 0);
    bad.missing(EngineRig.DEVICE, missing("a"), 0);

    assertThat(bad.takeUnreported()).hasSize(1);
    assertThat(bad.size()).isEqualTo(1);

    bad.found(EngineRig.DEVICE, tag("a"));

    assertThat(bad.size()).isZero();

    bad.missing(EngineRig.DEVICE, missing("a"), 0);

    assertThat(bad.takeUnreported()).hasSize(1);
  }

  @Test
  void logsOneLineOfManyTagsWithTheCauseAndTheRemedy() {
    for (int i = 0; i < 1000; i++) {
      bad.missing(EngineRig.DEVICE, missing("t" + i), 0);
    }

    assertThat(bad.takeLines())
        .singleElement()
        .asString()
        .contains("'plant': 1000 tags have no node at the server")
        .contains("such as t0 (nsu=urn:plant;s=t0): the server has no namespace urn:plant now")
        .contains(STATUS)
        .contains("check the node ids in tags.*")
        .contains("60 s", "1800 s", "opcua.bad.node.retry.ms");
    bad.missing(EngineRig.DEVICE, missing("t7"), 0);

    assertThat(bad.takeLines()).isEmpty();
  }

  @Test
  void looksLaterEveryTime() {
    bad.missing(EngineRig.DEVICE, missing("a"), 0);
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());

    assertThat(bad.missingDue()).isFalse();

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(bad.missingDue()).isTrue();

    bad.missing(EngineRig.DEVICE, missing("a"), 0);
    nanos.addAndGet(Duration.ofSeconds(119).toNanos());

    assertThat(bad.missingDue()).isFalse();

    bad.found(EngineRig.DEVICE, tag("a"));
    nanos.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(bad.missingDue()).isFalse();
  }

  @Test
  void everyTagIsOfOnePart() {
    for (int i = 0; i < 100; i++) {
      Tag<OpcUaTag> tag = tag("t" + i);
      int owners = 0;
      for (int part = 0; part < 3; part++) {
        NodeRegistry registry =
            new NodeRegistry(
                new EndpointPart(part, 3), OffsetReader.NONE, false, url -> new TransferMemory());
        owners += registry.owns(EngineRig.DEVICE, tag) ? 1 : 0;
      }

      assertThat(owners).isEqualTo(1);
    }
  }
}
