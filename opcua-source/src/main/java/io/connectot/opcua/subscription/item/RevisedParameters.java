// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.subscription.item;

import java.util.Optional;

/**
 * Collects what the server revised of monitored items so that values may be lost (OPC UA Part 4
 * §5.13.2), and describes it once per session. For one thread.
 */
final class RevisedParameters {
  private final String url;
  private final long publishingMillis;
  private final Revision sampling = new Revision();
  private final Revision shortQueue = new Revision();
  private final Revision singleQueue = new Revision();

  /**
   * @param url the server's
   * @param publishingMillis the publishing interval that was asked for
   */
  RevisedParameters(String url, long publishingMillis) {
    this.url = url;
    this.publishingMillis = publishingMillis;
  }

  /** The nodes with a parameter that was revised, and the first of them. */
  private static final class Revision {
    private int count;
    private String device;
    private String node;
    private String asked;
    private String revised;
    private boolean taken;

    private void add(String device, String node, String asked, String revised) {
      if (count++ == 0) {
        this.device = device;
        this.node = node;
        this.asked = asked;
        this.revised = revised;
      }
    }

    private boolean take() {
      boolean first = count > 0 && !taken;
      taken |= first;
      return first;
    }
  }

  /**
   * Notes what the server answered for a node.
   *
   * @param asked the parameters of the request
   */
  void add(
      String device,
      String node,
      MonitoredItemFactory.Effective asked,
      double revisedSampling,
      long revisedQueue) {
    // -1 asks for the publishing interval.
    double askedSampling = asked.samplingMillis() < 0 ? publishingMillis : asked.samplingMillis();
    if (revisedSampling > askedSampling) {
      sampling.add(
          device,
          node,
          askedSampling == 0 ? "0 (every change)" : millis(askedSampling),
          millis(revisedSampling));
    }
    if (revisedQueue < asked.queue()) {
      (revisedQueue <= 1 ? singleQueue : shortQueue)
          .add(device, node, Integer.toString(asked.queue()), Long.toString(revisedQueue));
    }
  }

  private static String millis(double millis) {
    return (millis == Math.rint(millis) ? Long.toString((long) millis) : Double.toString(millis))
        + " ms";
  }

  /** Nodes that are sampled less often than asked for; empty for none, or if it was taken. */
  Optional<String> takeSampling() {
    if (!sampling.take()) {
      return Optional.empty();
    }
    return Optional.of(
        ("Device '%s' at %s samples %d nodes less often than asked for, such as %s every %s instead"
                + " of %s: it does not report shorter changes, and does not mark that they are"
                + " missing, so that there is no gap for them. Lower the limit at the server"
                + " (MinSupportedSampleRate of its ServerCapabilities, MinimumSamplingInterval of"
                + " the node), or accept it with opcua.sampling.interval.ms=%s, or sampling= on the"
                + " lines of these tags")
            .formatted(
                sampling.device,
                url,
                sampling.count,
                sampling.node,
                sampling.revised,
                sampling.asked,
                sampling.revised.substring(0, sampling.revised.indexOf(' '))));
  }

  /** Nodes with a queue of one value; empty for none asked for more, or if it was taken. */
  Optional<String> takeSingleQueue() {
    return takeQueue(
        singleQueue,
        "further values are lost until the next publishing interval and while the connector is"
            + " away, and servers do not mark this for a queue of one value, so that there is no"
            + " gap for them");
  }

  /** Nodes with a shorter queue than asked for; empty for none, or if it was taken. */
  Optional<String> takeShortQueue() {
    return takeQueue(
        shortQueue,
        "further values are lost while the connector is away, unless the node has a history");
  }

  private Optional<String> takeQueue(Revision queue, String consequence) {
    if (!queue.take()) {
      return Optional.empty();
    }
    return Optional.of(
        ("Device '%s' at %s queues fewer values of %d nodes than asked for, such as %s of %s"
                + " instead of %s: %s. Raise the limit at the server, lower opcua.queue.size, or"
                + " sample less often with opcua.sampling.interval.ms")
            .formatted(
                queue.device,
                url,
                queue.count,
                queue.revised,
                queue.node,
                queue.asked,
                consequence));
  }
}
