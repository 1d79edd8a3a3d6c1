// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.client;

import io.connectot.core.config.Configuration;
import io.connectot.opcua.client.service.OperationLimits;
import io.connectot.opcua.config.OpcUaConnectionConfig;
import io.connectot.opcua.config.ServerProfile;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/**
 * A server's description of itself (OPC UA Part 5 §6.3).
 *
 * @param namespaceUris by their index; empty if unknown
 * @param serviceLevel 0 to 255; 255 if unknown
 * @param start when the server was started; the begin of OPC UA time if unknown
 */
record ServerInfo(
    List<String> namespaceUris, DateTime start, int serviceLevel, OperationLimits limits) {
  static final int MAX_SERVICE_LEVEL = 255;

  private static final List<NodeId> NODES =
      List.of(
          NodeIds.Server_NamespaceArray,
          NodeIds.Server_ServerStatus_StartTime,
          NodeIds.Server_ServiceLevel,
          NodeIds.Server_ServerStatus_BuildInfo_ProductName,
          NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerRead,
          NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerBrowse,
          NodeIds
              .Server_ServerCapabilities_OperationLimits_MaxNodesPerTranslateBrowsePathsToNodeIds,
          NodeIds.Server_ServerCapabilities_OperationLimits_MaxMonitoredItemsPerCall,
          NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerHistoryReadData,
          NodeIds.Server_ServerCapabilities_OperationLimits_MaxNodesPerHistoryReadEvents);

  /** The namespaces. */
  NamespaceTable namespaces() {
    NamespaceTable table = new NamespaceTable();
    fill(table);
    return table;
  }

  /**
   * Makes a table say what the server said. Milo's own way moves what follows a URI that the server
   * lists twice.
   */
  void fill(NamespaceTable table) {
    table.update(
        uris -> {
          uris.clear();
          for (int i = 0; i < namespaceUris.size(); i++) {
            String uri = namespaceUris.get(i);
            if (!uri.isEmpty() && !uris.containsValue(uri)) {
              uris.put(UShort.valueOf(i), uri);
            }
          }
        });
  }

  /** What has to be read. */
  static List<ReadValueId> requests() {
    return NODES.stream().map(ServerInfo::value).toList();
  }

  /** What has to be read to know the service level alone. */
  static ReadValueId serviceLevelRequest() {
    return value(NodeIds.Server_ServiceLevel);
  }

  private static ReadValueId value(NodeId node) {
    return new ReadValueId(node, AttributeId.Value.uid(), null, QualifiedName.NULL_VALUE);
  }

  /** Makes sense of the answers to {@link #requests}, any of which may be missing or bad. */
  static ServerInfo of(DataValue[] answers, Configuration config) {
    String[] uris = read(answers, 0, String[].class, new String[0]);
    DateTime start = read(answers, 1, DateTime.class, DateTime.MIN_DATE_TIME);
    int product =
        profileLimit(
            config.get(OpcUaConnectionConfig.SERVER_PROFILE), read(answers, 3, String.class, ""));
    int[] limits = new int[6];
    for (int i = 0; i < limits.length; i++) {
      long said = read(answers, i + 4, Number.class, 0).longValue();
      // Zero means no limit, or an unknown one.
      long server = said <= 0 ? product : said;
      limits[i] = (int) Math.min(server, config.get(OpcUaConnectionConfig.ITEMS_PER_CALL));
    }
    return new ServerInfo(
        Arrays.stream(uris).map(uri -> uri == null ? "" : uri).toList(),
        start,
        serviceLevel(answers.length > 2 ? answers[2] : null),
        new OperationLimits(limits[0], limits[1], limits[2], limits[3], limits[4], limits[5]));
  }

  /** The service level in an answer, which may be null. */
  static int serviceLevel(DataValue answer) {
    return read(new DataValue[] {answer}, 0, Number.class, MAX_SERVICE_LEVEL).intValue();
  }

  private static <T> T read(DataValue[] answers, int index, Class<T> type, T otherwise) {
    DataValue answer = index < answers.length ? answers[index] : null;
    Object value = answer == null || answer.value() == null ? null : answer.value().value();
    return type.isInstance(value) && !answer.statusCode().isBad() ? type.cast(value) : otherwise;
  }

  private static int profileLimit(ServerProfile configured, String productName) {
    String product = productName.toUpperCase(Locale.ROOT);
    ServerProfile profile = configured;
    if (configured == ServerProfile.AUTO) {
      if (product.contains("S7-1200")) {
        profile = ServerProfile.S7_1200;
      } else if (product.contains("S7-1500")) {
        profile = ServerProfile.S7_1500;
      }
    }
    return switch (profile) {
      case S7_1200 -> 100;
      case S7_1500 -> 500;
      case AUTO, GENERIC -> Integer.MAX_VALUE;
    };
  }
}
