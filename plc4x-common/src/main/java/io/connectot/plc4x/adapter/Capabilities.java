// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
package io.connectot.plc4x.adapter;

/** What a connection supports according to its driver. */
public record Capabilities(boolean read, boolean write, boolean subscribe, boolean browse) {}
