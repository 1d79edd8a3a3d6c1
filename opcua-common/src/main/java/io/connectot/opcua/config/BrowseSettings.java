// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.opcua.config;

import io.connectot.core.model.ReportPolicy;
import io.connectot.core.model.ValueType;
import io.connectot.opcua.address.NodeAddress;
import io.connectot.opcua.address.PathGlob;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * Which nodes are found by browsing.
 *
 * @param roots where to begin; none for no browsing
 * @param include what variables must match one of
 * @param exclude what neither variables nor objects above them may match
 * @param types the types of values that are wanted; none for all
 * @param maxDepth how many levels below a root are looked at
 * @param maxNodes how many variables are taken at most
 * @param refresh how often the server is browsed again; zero for never
 * @param modelChangeEvents whether it is browsed again when the server says that nodes changed
 * @param report when values of tags that no line configures are worth a record
 * @param interval how often such tags are read where they are polled
 */
public record BrowseSettings(
    List<NodeAddress> roots,
    List<PathGlob> include,
    List<PathGlob> exclude,
    Set<ValueType> types,
    int maxDepth,
    int maxNodes,
    Duration refresh,
    boolean modelChangeEvents,
    ReportPolicy report,
    Duration interval) {
  public BrowseSettings {
    roots = List.copyOf(roots);
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
    types = Set.copyOf(types);
  }
}
