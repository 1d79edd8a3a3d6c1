// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.address.NodeAddress.ById;
import io.connectot.opcua.address.NodeAddress.ByPath;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeAddressTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "i=2258",
        "ns=2;i=4294967295",
        "ns=3;s=\"Data block\".\"Temp\"",
        "nsu=urn:plant;s=Press1.Temp",
        "nsu=urn:plant;s=a;b=c/d",
        "nsu=http://plant.example/UA/;g=09087e75-8e5e-499b-954f-f2a9603db28a",
        "nsu=urn:a%3Bb%25c;b=M/RbKBsRVkePCePcx24oRA==",
        "/Objects/Plant/Press1/Temp",
        "/Objects/2:Plant/nsu=http://plant.example/UA/;Press1",
        "/Objects/a&/b/c&:d/e&&f"
      })
  void isWrittenAsItIsRead(String text) throws Exception {
    assertThat(NodeAddress.parse(text)).hasToString(text);
  }

  @Test
  void takesEscapesOutOfNamespaces() throws Exception {
    assertThat(NodeAddress.parse("nsu=urn:a%3Bb%25c%20d;s=x"))
        .isEqualTo(new ById(Optional.of("urn:a;b%c%20d"), 0, "s=x"));
  }

  @Test
  void knowsTheNamespaceOfOpcUaByItsUri() throws Exception {
    assertThat(NodeAddress.parse("nsu=http://opcfoundation.org/UA/;i=2258"))
        .isEqualTo(NodeAddress.parse("i=2258"))
        .isEqualTo(NodeAddress.parse("ns=0;i=2258"));
  }

  @Test
  void readsNamesWithAndWithoutTheirNamespaces() throws Exception {
    ByPath path =
        (ByPath) NodeAddress.parse("/Objects/12:a:b/nsu=http://opcfoundation.org/UA/;1&:c/.d");

    assertThat(path.names())
        .containsExactly(
            PathName.of("Objects"),
            new PathName(Optional.empty(), OptionalInt.of(12), "a:b"),
            new PathName(Optional.empty(), OptionalInt.of(0), "1:c"),
            PathName.of(".d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Press1.Temp | is no node id; write nsu=",
        "ns=2,s=Temp | has no ';' after the namespace",
        "ns=70000;s=Temp | must be a number from 0 to 65535",
        "ns=;s=Temp | must be a number from 0 to 65535",
        "nsu=;s=Temp | has no namespace URI",
        "nsu=urn:plant | has no ';'",
        "svr=1;i=85 | node of another server",
        "x=5 | must begin with i=, s=, g= or b=",
        "i=4294967296 | from 0 to 4294967295",
        "i=-1 | from 0 to 4294967295",
        "s= | 1 to 4096 characters",
        "g=1-2-3-4-5 | must be a GUID",
        "b=*** | bytes in base64",
        "/ | empty name",
        "/Objects//Temp | empty name",
        "/Objects/ | empty name",
        "/Objects/99999:a | from 0 to 65535",
        "/Objects/nsu=urn:a | write nsu=<uri>; before a name",
        "/Objects/a&b | write && for a '&'"
      })
  void saysWhatIsWrong(String text, String message) {
    assertThatThrownBy(() -> NodeAddress.parse(text))
        .isInstanceOf(LineException.class)
        .hasMessageContaining(text)
        .hasMessageContaining(message);
  }
}
