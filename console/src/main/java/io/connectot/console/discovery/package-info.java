// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** Looks at devices with the drivers of the pack, so that connectors can be made for them. */
package io.connectot.console.discovery;
