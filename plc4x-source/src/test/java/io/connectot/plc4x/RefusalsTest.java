// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.model.Measurement;
import io.connectot.core.model.Tag;
import io.connectot.core.spi.ProtocolException;
import io.connectot.plc4x.session.Plc4xTag;
import io.connectot.plc4x.testing.LogixServer;
import io.connectot.plc4x.testing.LogixTags;
import io.connectot.plc4x.testing.RefusingS7Controller;
import io.connectot.plc4x.testing.RefusingS7Controller.Refusal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A controller that refuses is told apart from one that is away, with a remedy. */
class RefusalsTest {
  private static final Map<String, String> QUICK =
      Map.of("plc4x.request.timeout.ms", "2000", "plc4x.connect.timeout.ms", "2000");

  @ParameterizedTest
  @EnumSource(names = {"CONNECTION", "IDENTIFICATION"})
  void anS7ControllerThatClosesTheConnectionIsToldWithWhatToCheck(Refusal refusal)
      throws Exception {
    try (RefusingS7Controller plc = new RefusingS7Controller(refusal);
        PlcClient client = new PlcClient("s7-light://" + plc.host(), QUICK)) {
      assertThatThrownBy(client::connect)
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("terminated by remote")
          .hasMessageContaining("free connection")
          .hasMessageContaining("remote-slot")
          .hasMessageContaining("controller-type=LOGO");
    }
  }

  @Test
  void anS7ControllerWithoutPutAndGetIsToldWithTheSetting() throws Exception {
    try (RefusingS7Controller plc = new RefusingS7Controller(Refusal.READS);
        PlcClient client =
            new PlcClient("s7-light://" + plc.host() + "?controller-type=S7_1200", QUICK)) {
      client.connect();
      List<Tag<Plc4xTag>> tags = client.tags(List.of("%DB1.DBW0:INT", "%DB1.DBW2:INT"));
      for (int scan = 0; scan < 2; scan++) {
        assertThat(client.read(tags))
            .extracting(Measurement::status)
            .containsOnly("3 ACCESS_DENIED");
      }

      assertThatThrownBy(() -> client.read(tags))
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("3 ACCESS_DENIED")
          .hasMessageContaining("permit PUT/GET");
    }
  }

  @Test
  void aLogixControllerWithoutAFreeConnectionIsToldWithWhatToCheck() throws Exception {
    try (LogixServer plc = new LogixServer(new LogixTags(), true);
        PlcClient client = new PlcClient(plc.url("logix"), QUICK)) {
      plc.useUpConnections();

      assertThatThrownBy(client::connect)
          .isInstanceOf(ProtocolException.class)
          .hasMessageContaining("slot of the CPU")
          .hasMessageContaining("free CIP connection");
    }
  }
}
