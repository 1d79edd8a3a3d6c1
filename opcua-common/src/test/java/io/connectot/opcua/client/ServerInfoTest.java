// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.ubyte;
import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import io.connectot.core.config.Configuration;
import io.connectot.opcua.client.service.OperationLimits;
import java.nio.file.Path;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.Test;

class ServerInfoTest {
  private static final String UA = "http://opcfoundation.org/UA/";

  @Test
  void takesTheSmallerOfBothLimits() {
    ServerInfo info =
        ServerInfo.of(
            answers("plant", uint(10), uint(0), null, uint(5000), uint(20), uint(0xFFFF_FFFFL)),
            settings("opcua.items.per.call", "500"));
    assertThat(info.limits()).isEqualTo(new OperationLimits(10, 500, 500, 500, 20, 500));
  }

  @Test
  void knowsServersThatSayNothing() {
    assertThat(ServerInfo.of(answers("SIMATIC S7-1200"), settings()).limits())
        .isEqualTo(new OperationLimits(100, 100, 100, 100, 100, 100));
    assertThat(ServerInfo.of(answers("SIMATIC S7-1500"), settings()).limits().monitor())
        .isEqualTo(500);
    assertThat(
            ServerInfo.of(answers("plant"), settings("opcua.server.profile", "s7-1200"))
                .limits()
                .read())
        .isEqualTo(100);
    assertThat(
            ServerInfo.of(answers("SIMATIC S7-1200"), settings("opcua.server.profile", "generic"))
                .limits()
                .read())
        .isEqualTo(1000);
  }

  @Test
  void keepsIndexesBehindAUriThatIsListedTwice() {
    DataValue[] answers = answers("plant");
    answers[0] = new DataValue(new Variant(new String[] {UA, "urn:a", "urn:a", null, "urn:b"}));
    NamespaceTable table = ServerInfo.of(answers, settings()).namespaces();
    assertThat(table.getIndex("urn:a").intValue()).isEqualTo(1);
    assertThat(table.getIndex("urn:b").intValue()).isEqualTo(4);
    assertThat(table.getIndex(UA).intValue()).isZero();
  }

  @Test
  void doesWithoutAnyAnswer() {
    ServerInfo info = ServerInfo.of(new DataValue[0], settings());
    assertThat(info.namespaceUris()).isEmpty();
    assertThat(info.serviceLevel()).isEqualTo(255);
    assertThat(info.start()).isEqualTo(DateTime.MIN_DATE_TIME);
    assertThat(info.limits().read()).isEqualTo(1000);
    assertThat(ServerInfo.serviceLevel(new DataValue(StatusCodes.Bad_NodeIdUnknown)))
        .isEqualTo(255);
    assertThat(ServerInfo.serviceLevel(new DataValue(new Variant(ubyte(7))))).isEqualTo(7);
  }

  private static DataValue[] answers(String product, Object... limits) {
    DataValue[] answers = new DataValue[10];
    for (int i = 0; i < answers.length; i++) {
      answers[i] = new DataValue(StatusCodes.Bad_NodeIdUnknown);
    }
    answers[3] = new DataValue(new Variant(product));
    for (int i = 0; i < limits.length; i++) {
      if (limits[i] != null) {
        answers[i + 4] = new DataValue(new Variant(limits[i]));
      }
    }
    return answers;
  }

  private static Configuration settings(String... keysAndValues) {
    return ClientConfigs.of(Path.of("pki"), keysAndValues);
  }
}
