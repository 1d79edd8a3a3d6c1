// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.model.ValueType;
import io.connectot.core.spi.EndpointPart;
import io.connectot.core.spi.OffsetReader;
import io.connectot.opcua.config.OpcUaSubscriptionConfig;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.junit.jupiter.api.Test;

/** Tags that have no node, of which there may be another instance every time. */
class BadNodesTest {
  private static final String STATUS = "0x80340000 Bad_NodeIdUnknown";

  private final AtomicLong nanos = new AtomicLong();
  private final BadNodes bad = new BadNodes(settings(), nanos::get);

  private static io.connectot.opcua.config.SubscriptionSettings settings() {
    ConfigDef definition = new ConfigDef();
    OpcUaSubscriptionConfig.addTo(definition);
    return new OpcUaSubscriptionConfig(new AbstractConfig(definition, Map.of(), false)).settings();
  }

  private static Tag<String> tag(String name) {
    return new Tag<>(
        name,
        name,
        ValueType.JSON,
        Optional.empty(),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        Scaling.NONE,
        Map.of());
  }

  @Test
  void saysOnceThatATagIsMissingAndAgainWhenItWasThereMeanwhile() {
    bad.missing(EngineRig.DEVICE, tag("a"), STATUS, 0);
    bad.missing(EngineRig.DEVICE, tag("a"), STATUS, 0);

    assertThat(bad.takeUnsaid()).hasSize(1);
    assertThat(bad.size()).isEqualTo(1);

    bad.found(EngineRig.DEVICE, tag("a"));

    assertThat(bad.size()).isZero();

    bad.missing(EngineRig.DEVICE, tag("a"), STATUS, 0);

    assertThat(bad.takeUnsaid()).hasSize(1);
  }

  @Test
  void looksLaterEveryTime() {
    bad.missing(EngineRig.DEVICE, tag("a"), STATUS, 0);
    nanos.addAndGet(Duration.ofSeconds(59).toNanos());

    assertThat(bad.missingDue()).isFalse();

    nanos.addAndGet(Duration.ofSeconds(1).toNanos());

    assertThat(bad.missingDue()).isTrue();

    bad.missing(EngineRig.DEVICE, tag("a"), STATUS, 0);
    nanos.addAndGet(Duration.ofSeconds(119).toNanos());

    assertThat(bad.missingDue()).isFalse();

    bad.found(EngineRig.DEVICE, tag("a"));
    nanos.addAndGet(Duration.ofHours(1).toNanos());

    assertThat(bad.missingDue()).isFalse();
  }

  @Test
  void everyTagIsOfOnePart() {
    for (int i = 0; i < 100; i++) {
      Tag<String> tag = tag("t" + i);
      int owners = 0;
      for (int part = 0; part < 3; part++) {
        NodeRegistry registry =
            new NodeRegistry(new EndpointPart(part, 3), OffsetReader.NONE, false);
        owners += registry.owns(EngineRig.DEVICE, tag) ? 1 : 0;
      }

      assertThat(owners).isEqualTo(1);
    }
  }
}
