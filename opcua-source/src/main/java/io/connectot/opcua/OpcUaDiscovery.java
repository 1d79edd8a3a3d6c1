// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua;

import io.connectot.core.config.Configuration;
import io.connectot.core.config.common.MappingConfig;
import io.connectot.core.config.common.SourceConfig;
import io.connectot.core.spi.ProtocolException;
import io.connectot.core.spi.discovery.Discovery;
import io.connectot.core.spi.discovery.DiscoveryMethod;
import io.connectot.core.spi.discovery.DiscoveryRequest;
import io.connectot.core.spi.discovery.DiscoveryRun;
import io.connectot.core.spi.discovery.Finding.Endpoint;
import io.connectot.core.spi.line.LineException;
import io.connectot.opcua.client.DeviceSessions;
import io.connectot.opcua.config.DeviceLineParser;
import io.connectot.opcua.config.OpcUaClientConfig;
import io.connectot.opcua.config.OpcUaDevice;
import io.connectot.opcua.config.OpcUaSecurityConfig;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.EndpointDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.UserTokenPolicy;

/** Browses the address space of a server level by level, and shows its endpoints. */
public final class OpcUaDiscovery implements Discovery {
  private static final String BROWSE = "browse";
  private static final String ENDPOINTS = "endpoints";
  private static final String BROWSE_KEYS = "opcua.browse.";

  /** The console makes one instance. */
  public OpcUaDiscovery() {
    // There is no state.
  }

  @Override
  public String title() {
    return "OPC UA";
  }

  @Override
  public String connectorClass() {
    return OpcUaSourceConnector.class.getName();
  }

  @Override
  public String addressKey() {
    return "devices.";
  }

  @Override
  public String addressExample() {
    return "opc.tcp://10.0.0.5:4840";
  }

  @Override
  public List<DiscoveryMethod> methods() {
    return List.of(
        DiscoveryMethod.of(BROWSE, "Address space"),
        DiscoveryMethod.of(ENDPOINTS, "Endpoints of the server"));
  }

  @Override
  public void discover(DiscoveryRequest request, DiscoveryRun run)
      throws LineException, ProtocolException, InterruptedException {
    Map<String, String> props = new HashMap<>(request.config());
    props.keySet().removeIf(key -> key.startsWith(BROWSE_KEYS));
    props.putIfAbsent(MappingConfig.TOPIC.name(), "discovery");
    OpcUaProtocol protocol = new OpcUaProtocol();
    Configuration config =
        SourceConfig.unchecked(SourceConfig.definition(protocol), protocol, props).keys();
    OpcUaClientConfig.check(config);
    OpcUaDevice device = DeviceLineParser.parse(request.address());
    switch (request.method()) {
      case BROWSE -> new AddressSpace(config, device).show(request.parent(), run);
      case ENDPOINTS -> {
        for (EndpointDescription endpoint : DeviceSessions.endpoints(config, device)) {
          if (!run.add(endpoint(request.address(), endpoint))) {
            return;
          }
        }
      }
      default -> throw new LineException("method=" + request.method() + ": unknown");
    }
  }

  private static Endpoint endpoint(String address, EndpointDescription endpoint) {
    String policy =
        SecurityPolicy.fromUriSafe(endpoint.getSecurityPolicyUri())
            .map(SecurityPolicy::name)
            .orElse(String.valueOf(endpoint.getSecurityPolicyUri()));
    String users =
        Stream.ofNullable(endpoint.getUserIdentityTokens())
            .flatMap(Stream::of)
            .map(UserTokenPolicy::getTokenType)
            .map(String::valueOf)
            .distinct()
            .collect(Collectors.joining(", "));
    String title =
        policy
            + ", "
            + endpoint.getSecurityMode()
            + (users.isEmpty() ? "" : ", users: " + users)
            + ", "
            + endpoint.getEndpointUrl();
    return new Endpoint(address, title, keys(policy, endpoint.getSecurityMode()));
  }

  private static Map<String, String> keys(String policy, MessageSecurityMode mode) {
    Map<String, String> keys = new HashMap<>();
    keys.put(OpcUaSecurityConfig.POLICY.name(), policy.toLowerCase(Locale.ROOT).replace('_', '-'));
    if (mode == MessageSecurityMode.None) {
      keys.put(OpcUaSecurityConfig.ALLOW_NONE.name(), "true");
    } else {
      keys.put(
          OpcUaSecurityConfig.MODE.name(),
          mode == MessageSecurityMode.Sign ? "sign" : "sign-and-encrypt");
    }
    return keys;
  }
}
