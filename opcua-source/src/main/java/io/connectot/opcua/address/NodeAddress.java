// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.address;

import io.connectot.core.spi.LineException;
import java.util.List;
import java.util.Optional;

/** Which node a configuration means. Resolved anew with every session: servers renumber. */
public sealed interface NodeAddress {

  /**
   * By node id (OPC UA Part 6 §5.3.1.10): {@code nsu=urn:plant;s=Press1.Temp}, {@code ns=2;i=1001}.
   *
   * @param namespaceUri empty when only the index is given
   * @param namespaceIndex of use without a URI only
   * @param identifier with its kind: {@code s=…}, {@code i=…}, {@code g=…} or {@code b=…}
   */
  record ById(Optional<String> namespaceUri, int namespaceIndex, String identifier)
      implements NodeAddress {}

  /**
   * By the names on the way from the root folder: {@code /Objects/Plant/Press1/Temp}, each with an
   * optional {@code index:} or {@code nsu=uri;} before it.
   */
  record ByPath(List<String> names) implements NodeAddress {
    public ByPath {
      names = List.copyOf(names);
    }
  }

  /**
   * Reads an address as configurations have it.
   *
   * @throws LineException when it is none
   */
  static NodeAddress parse(String text) throws LineException {
    if (text.startsWith("/")) {
      return new ByPath(List.of(text.substring(1).split("/", -1)));
    }
    return new ById(Optional.empty(), 0, text);
  }
}
