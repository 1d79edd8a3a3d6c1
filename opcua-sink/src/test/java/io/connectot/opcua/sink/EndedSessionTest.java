// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Tag;
import io.connectot.core.model.Value.LongValue;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.WriteOutcome;
import io.connectot.core.spi.WritingSession;
import io.connectot.core.spi.WritingSession.TagWrite;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaTag;
import io.connectot.opcua.testing.PlantServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndedSessionTest {
  @TempDir private Path pki;

  /** The command can be sent over the next session. */
  @Test
  void tellsThatNothingWasSentWhenTheServerHasEndedTheSession() throws Exception {
    try (PlantServer plant = PlantServer.start()) {
      SessionRig rig = new SessionRig(plant.url(), pki);
      Tag<OpcUaTag> tag = rig.tag(PlantServer.address("Scalars.Int32"), Map.of("write", "true"));
      List<TagWrite<OpcUaTag>> write = List.of(new TagWrite<>(tag, new LongValue(4711)));
      try (WritingSession<OpcUaDevice, OpcUaTag> session = rig.open(tag)) {
        assertThat(session.write(rig.device(), write))
            .singleElement()
            .isInstanceOf(WriteOutcome.Done.class);
        plant.dropSessions(true);

        assertThatThrownBy(() -> session.write(rig.device(), write))
            .isInstanceOf(ProtocolException.class)
            .hasMessageContaining("session");
      }
    }
  }
}
