// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.address;

import io.connectot.core.spi.line.LineException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which node a configuration means. Resolved anew with every session: servers renumber. */
public sealed interface NodeAddress {

  /**
   * By node id (OPC UA Part 6 §5.3.1.10): {@code nsu=urn:plant;s=Press1.Temp}, {@code ns=2;i=1001}.
   *
   * @param namespaceUri as the server has it, without escapes; empty when only the index is given
   * @param namespaceIndex of use without a URI only
   * @param identifier with its kind: {@code s=…}, {@code i=…}, {@code g=…} or {@code b=…}
   */
  record ById(Optional<String> namespaceUri, int namespaceIndex, String identifier)
      implements NodeAddress {
    @Override
    public String toString() {
      if (namespaceUri.isPresent()) {
        return "nsu=" + NodeIdText.escape(namespaceUri.get()) + ";" + identifier;
      }
      return namespaceIndex == 0 ? identifier : "ns=" + namespaceIndex + ";" + identifier;
    }
  }

  /**
   * By the browse names from the root folder on: {@code /Objects/Plant/Press1/Temp}.
   *
   * @param names at least one
   */
  record ByPath(List<PathName> names) implements NodeAddress {
    public ByPath {
      names = List.copyOf(names);
    }

    @Override
    public String toString() {
      return names.stream().map(PathName::toString).collect(Collectors.joining("/", "/", ""));
    }
  }

  /**
   * Reads an address as configurations have it.
   *
   * @throws LineException when it is none
   */
  static NodeAddress parse(String text) throws LineException {
    return text.startsWith("/") ? PathParser.parse(text) : NodeIdText.parse(text);
  }
}
