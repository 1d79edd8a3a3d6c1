// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import io.connectot.core.config.Configuration;
import io.connectot.core.model.Device;
import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.Scaling;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.Driver.ParsedDevice;
import io.connectot.core.spi.Driver.ParsedTag;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.line.DeviceLine;
import io.connectot.core.spi.line.LineOptions;
import io.connectot.core.spi.line.TagLine;
import io.connectot.opcua.config.OpcUaClientConfig;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Opens writing sessions with a server, without a task. */
final class SessionRig {
  private final OpcUaWritingDriver driver;
  private final Device<OpcUaDevice> device;

  SessionRig(String url, Path pki) throws Exception {
    driver =
        new OpcUaWritingDriver(
            Configuration.parse(
                OpcUaClientConfig.KEYS.definition(),
                Map.of(
                    "opcua.pki.dir",
                    pki.toString(),
                    "opcua.trust.auto.accept",
                    "true",
                    "opcua.connect.timeout.ms",
                    "60000",
                    "opcua.request.timeout.ms",
                    "60000")));
    ParsedDevice<OpcUaDevice> parsed = driver.parseDevice(new DeviceLine("press", url));
    device = new Device<>("press", parsed.endpoint(), parsed.settings(), Map.of());
  }

  Device<OpcUaDevice> device() {
    return device;
  }

  WritingSession<OpcUaDevice, OpcUaTag> open(Tag<OpcUaTag> tag) throws Exception {
    return open(List.of(tag));
  }

  WritingSession<OpcUaDevice, OpcUaTag> open(List<Tag<OpcUaTag>> tags) throws Exception {
    WritingSession<OpcUaDevice, OpcUaTag> session =
        driver.newWritingSession(device.endpoint(), Map.of(device, tags));
    session.open(cause -> {});
    return session;
  }

  Tag<OpcUaTag> tag(String address, Map<String, String> options) throws Exception {
    ParsedTag<OpcUaTag> parsed =
        driver.parseTag(new TagLine("t", address, Optional.empty(), new LineOptions(options)));
    return new Tag<>(
        "t",
        parsed.address(),
        parsed.type(),
        Optional.empty(),
        Duration.ofSeconds(1),
        ReportPolicy.ALL,
        Scaling.NONE,
        Map.of());
  }
}
