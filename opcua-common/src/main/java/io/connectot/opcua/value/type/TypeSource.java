// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.value.type;

import io.connectot.core.spi.ProtocolException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.DataTypeDefinition;

/** Where definitions of data types come from. Waits for the server, on the thread that calls. */
public interface TypeSource {

  /**
   * Reads the descriptions of data types; unknown ones are left out.
   *
   * @throws ProtocolException when the server does not answer
   */
  Map<NodeId, Description> describe(List<NodeId> dataTypes)
      throws ProtocolException, InterruptedException;

  /**
   * Finds the data types of which these are encodings; what the server does not know is left out.
   *
   * @throws ProtocolException when the server does not answer
   */
  Map<NodeId, NodeId> typesOfEncodings(Collection<NodeId> encodings)
      throws ProtocolException, InterruptedException;

  /**
   * A data type.
   *
   * @param name its BrowseName without namespace
   * @param definition null when it has none
   * @param supertype empty for a root
   * @param labels of an enumeration that has no definition, from its properties
   */
  record Description(
      String name,
      boolean isAbstract,
      DataTypeDefinition definition,
      Optional<NodeId> supertype,
      Optional<EnumLabels> labels) {}
}
