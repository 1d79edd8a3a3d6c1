// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.testing;

import io.connectot.core.testing.FreePorts;
import io.netty.channel.Channel;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArraySet;
import org.eclipse.milo.opcua.sdk.server.EndpointConfig;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.OpcUaServerConfig;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.identity.AnonymousIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.CompositeValidator;
import org.eclipse.milo.opcua.sdk.server.identity.UsernameIdentityValidator;
import org.eclipse.milo.opcua.sdk.server.identity.X509IdentityValidator;
import org.eclipse.milo.opcua.stack.core.channel.EncodingLimits;
import org.eclipse.milo.opcua.stack.core.security.SecurityPolicy;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.MessageSecurityMode;
import org.eclipse.milo.opcua.stack.core.types.structured.BuildInfo;
import org.eclipse.milo.opcua.stack.core.util.NonceUtil;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransport;
import org.eclipse.milo.opcua.stack.transport.server.tcp.OpcTcpServerTransportConfig;

/**
 * An OPC UA server with a small plant, on a loopback port unless it gets a name of its own. A
 * node's string identifier is the way to it: {@code nsu=urn:connectot:plant;s=Press1.Temperature}
 * is {@code /Objects/Press1/Temperature}.
 *
 * <p>Every life of the server begins without sessions, subscriptions and nodes that were added;
 * values of variables are as at first, but counters, alarms and history go on. Thread-safe.
 */
public final class PlantServer implements AutoCloseable {
  /** The namespace of the plant. */
  public static final String NAMESPACE = PlantNamespace.URI;

  private static final String LOCAL = "localhost";
  private static final String PATH = "/plant";

  static {
    seedRandomNumbers();
  }

  private final PlantLimits limits = new PlantLimits();
  private final Faults faults = new Faults(limits);
  private final TransferFaults transfers = new TransferFaults(this::dropConnections, this::restart);
  private final ChangedAnswers answers = new ChangedAnswers();
  private final SubscriptionQuota quota = new SubscriptionQuota();
  private final Historian historian = new Historian();
  private final Counters counters = new Counters();
  private final Alarms alarms = new Alarms();
  private final PlantSecurity security = new PlantSecurity();
  private final Set<Channel> connections = new CopyOnWriteArraySet<>();
  private PlantOptions options; // guarded by this
  private OpcUaServer server; // guarded by this; null while stopped
  private PlantNamespace namespace; // guarded by this
  private int port; // guarded by this

  private PlantServer(PlantOptions options) {
    this.options = options;
    this.port = options.port() == 0 ? FreePorts.next() : options.port();
  }

  /**
   * Milo does so on a thread of its own, which ends with a log statement of slf4j 2. Where there is
   * slf4j 1.7, tests would hear of an error that nobody caught.
   */
  private static void seedRandomNumbers() {
    ThreadGroup group =
        new ThreadGroup("plant-random") {
          @Override
          public void uncaughtException(Thread thread, Throwable e) {
            if (!(e instanceof NoSuchMethodError)) {
              super.uncaughtException(thread, e);
            }
          }
        };
    // Milo's thread inherits the group of the one that initializes its class.
    Thread first = new Thread(group, NonceUtil::isSecureRandomSeeded, "plant-random");
    first.setDaemon(true);
    first.start();
    try {
      first.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Starts a server with {@link PlantOptions#DEFAULT}. */
  public static PlantServer start() {
    return start(PlantOptions.DEFAULT);
  }

  /** Starts a server. */
  public static PlantServer start(PlantOptions options) {
    PlantServer plant = create(options);
    plant.begin();
    return plant;
  }

  /** A server that is not started yet, so that its limits can be set before anybody sees them. */
  public static PlantServer create(PlantOptions options) {
    return new PlantServer(options);
  }

  /** Begins a life of the server, on the port it had before. */
  public synchronized void begin() {
    if (server != null) {
      throw new IllegalStateException("it runs already");
    }
    FaultyServer made =
        new FaultyServer(
            config(),
            profile ->
                new OpcTcpServerTransport(
                    OpcTcpServerTransportConfig.newBuilder()
                        .setChannelPipelineCustomizer(pipeline -> connected(pipeline.channel()))
                        .build()),
            faults,
            transfers,
            answers,
            quota,
            historian);
    options.namespacesBefore().forEach(made.getNamespaceTable()::add);
    namespace = new PlantNamespace(made, limits, historian, options);
    namespace.startup();
    counters.attach(namespace, historian, options.counters());
    alarms.attach(made, namespace.nodes());
    try {
      made.startup().join();
    } catch (CompletionException e) {
      throw new IllegalStateException("port " + port + " cannot be bound", e);
    }
    server = made;
  }

  /** Ends a life of the server: it does not answer any more. */
  public synchronized void stop() {
    if (server != null) {
      counters.detach();
      alarms.detach();
      historian.forgetCursors();
      namespace.shutdown();
      server.shutdown().join();
      server = null;
      dropConnections();
    }
  }

  /** Ends a life and begins another with the same options. */
  public synchronized void restart() {
    restart(options);
  }

  /** Ends a life and begins another, on the same port. */
  public synchronized void restart(PlantOptions changed) {
    stop();
    options = changed;
    begin();
  }

  /** Cuts all connections; sessions and subscriptions live on. */
  public void dropConnections() {
    for (Channel channel : connections) {
      channel.close().syncUninterruptibly();
    }
  }

  /** Ends all sessions, with their subscriptions when asked to. */
  public synchronized void dropSessions(boolean withSubscriptions) {
    for (Session session : server.getSessionManager().getAllSessions()) {
      server.getSessionManager().killSession(session.getSessionId(), withSubscriptions);
    }
  }

  /** {@code opc.tcp://<host>:<port>/plant}. */
  public synchronized String url() {
    return "opc.tcp://" + options.host() + ":" + port + PATH;
  }

  /** The same in all lives. */
  public synchronized int port() {
    return port;
  }

  /** The plant's namespace in this life. */
  public synchronized int namespaceIndex() {
    return namespace.getNamespaceIndex().intValue();
  }

  /** A node's identifier in this life. */
  public NodeId id(String node) {
    return new NodeId(namespaceIndex(), node);
  }

  /** How a configuration names a node. */
  public static String address(String node) {
    return "nsu=" + NAMESPACE + ";s=" + node;
  }

  /** Sets a variable: good, now. */
  public void set(String node, Object value) {
    set(node, PlantModel.good(value, DateTime.now()));
  }

  /** Sets a variable: good, at a time. */
  public void set(String node, Object value, Instant time) {
    set(node, PlantModel.good(value, new DateTime(time)));
  }

  /** Sets a variable with everything that can be said about a value. */
  public void set(String node, DataValue value) {
    plant().change(node, old -> value);
  }

  /** Changes the status of a variable and leaves its value: now. */
  public void status(String node, long code) {
    plant()
        .change(
            node,
            old ->
                new DataValue(old.value(), new StatusCode(code), DateTime.now(), DateTime.now()));
  }

  /** What a variable holds. */
  public DataValue value(String node) {
    return plant().variable(node).getValue();
  }

  /** Adds a variable below a node that is there, and says so with a model change event. */
  public synchronized void add(String node, NodeId dataType, Object value) {
    NodeId added = namespace.nodes().variable(node, dataType, value).getNodeId();
    alarms.modelChanged(List.of(added), true);
  }

  /** Adds an object below a node that is there, and says so with a model change event. */
  public synchronized void addObject(String node) {
    alarms.modelChanged(List.of(namespace.nodes().object(node).getNodeId()), true);
  }

  /** Removes a node and all below it, and says so with a model change event. */
  public synchronized void remove(String node) {
    alarms.modelChanged(namespace.remove(node), false);
  }

  /** How many subscriptions there are. */
  public synchronized int subscriptions() {
    return server.getSubscriptions().size();
  }

  /** How many sessions there are. */
  public synchronized int sessions() {
    return server.getSessionManager().getAllSessions().size();
  }

  /** Milo's server, for what this class has no method for; another one in every life. */
  public synchronized OpcUaServer server() {
    return server;
  }

  public PlantLimits limits() {
    return limits;
  }

  public Faults faults() {
    return faults;
  }

  /** What goes wrong when subscriptions are transferred. */
  public TransferFaults transfers() {
    return transfers;
  }

  /** Answers that are wrong. */
  public ChangedAnswers answers() {
    return answers;
  }

  /** How many subscriptions and items there may be. */
  public SubscriptionQuota quota() {
    return quota;
  }

  public Historian historian() {
    return historian;
  }

  public Counters counters() {
    return counters;
  }

  public Alarms alarms() {
    return alarms;
  }

  public PlantSecurity security() {
    return security;
  }

  @Override
  public void close() {
    counters.close();
    stop();
  }

  private synchronized PlantNamespace plant() {
    return namespace;
  }

  private void connected(Channel channel) {
    connections.add(channel);
    channel.closeFuture().addListener(future -> connections.remove(channel));
  }

  private OpcUaServerConfig config() {
    return OpcUaServerConfig.builder()
        .setApplicationName(LocalizedText.english("Plant"))
        .setApplicationUri(PlantSecurity.APPLICATION_URI)
        .setProductUri("urn:connectot:plant:product")
        .setBuildInfo(
            new BuildInfo(
                "urn:connectot:plant:product", "connectot", "plant", "1", "1", DateTime.now()))
        .setEndpoints(endpoints())
        .setCertificateManager(security.manager())
        .setIdentityValidator(
            new CompositeValidator(
                AnonymousIdentityValidator.INSTANCE,
                new UsernameIdentityValidator(
                    login ->
                        PlantSecurity.USER.equals(login.getUsername())
                            && PlantSecurity.PASSWORD.equals(login.getPassword())),
                new X509IdentityValidator(certificate -> true)))
        .setEncodingLimits(new EncodingLimits(65_536, 1_024, 64 << 20, 64))
        .setLimits(limits)
        .build();
  }

  private Set<EndpointConfig> endpoints() {
    Set<EndpointConfig> endpoints = new LinkedHashSet<>();
    for (SecurityPolicy policy : options.policies()) {
      if (policy == SecurityPolicy.None) {
        endpoints.add(endpoint(PATH, policy, MessageSecurityMode.None));
      } else {
        endpoints.add(endpoint(PATH, policy, MessageSecurityMode.Sign));
        endpoints.add(endpoint(PATH, policy, MessageSecurityMode.SignAndEncrypt));
      }
    }
    endpoints.add(endpoint(PATH + "/discovery", SecurityPolicy.None, MessageSecurityMode.None));
    return endpoints;
  }

  private EndpointConfig endpoint(String path, SecurityPolicy policy, MessageSecurityMode mode) {
    EndpointConfig.Builder endpoint =
        EndpointConfig.newBuilder()
            .setBindAddress(options.host().equals(LOCAL) ? "127.0.0.1" : "0.0.0.0")
            .setHostname(options.host())
            .setBindPort(port)
            .setPath(path)
            .setCertificate(security.certificate())
            .setSecurityPolicy(policy)
            .setSecurityMode(mode);
    if (options.anonymous()) {
      endpoint.addTokenPolicies(OpcUaServerConfig.USER_TOKEN_POLICY_ANONYMOUS);
    }
    return endpoint
        .addTokenPolicies(
            OpcUaServerConfig.USER_TOKEN_POLICY_USERNAME, OpcUaServerConfig.USER_TOKEN_POLICY_X509)
        .build();
  }
}
