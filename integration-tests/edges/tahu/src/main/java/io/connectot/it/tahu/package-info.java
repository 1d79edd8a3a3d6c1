// SPDX-License-Identifier: Apache-2.0
// Copyright The Kafka Connect OT authors
/** An independent Sparkplug edge node in its own process. */
package io.connectot.it.tahu;
